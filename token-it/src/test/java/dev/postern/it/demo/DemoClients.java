package dev.postern.it.demo;

/** What the clients of the demo know: their hashes are in the sample WAR's clients file. */
final class DemoClients {
  static final String BATCH_SECRET = "Bls-o7OE3tCWua7cda8xtKWniaF0ass0pBtvs8E23p4";
  static final String SHOP_SECRET = "w35YeG6KtVEdjy4l7iTtzGGW-Zyo5QDeYGjKLuH0G2Q";
  static final String SHOP_REDIRECT_URI = "https://shop.example/callback";
  static final String SPA_REDIRECT_URI = "https://spa.example/callback";

  private DemoClients() {}
}
