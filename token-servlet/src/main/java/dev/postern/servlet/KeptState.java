package dev.postern.servlet;

import dev.postern.core.ConsentStore;
import dev.postern.core.TokenStore;
import dev.postern.core.jdbc.JdbcStore;
import dev.postern.core.memory.MemoryConsents;
import dev.postern.core.memory.MemoryStore;
import dev.postern.servlet.figures.StoreState;
import java.util.Optional;

/**
 * Where codes, tokens and consents are kept: where the application says, in the database, or in
 * memory.
 *
 * @param figures what is told of it
 */
record KeptState(TokenStore tokens, ConsentStore consents, StoreState figures) {
  /** An eighth of the heap, at 250 bytes an entry. */
  private static final long HEAP_BYTES_PER_ENTRY = 8 * 250;

  /** Some 3 MB. */
  private static final int MOST_CONSENTS = 10_000;

  private static final int MAX_ENTRIES = 10_000_000;

  static KeptState of(Assembly assembly) {
    TokenStore tokens = tokens(assembly);
    return new KeptState(tokens, consents(assembly), figures(tokens));
  }

  private static TokenStore tokens(Assembly assembly) {
    Optional<TokenStore> found = assembly.extensions.only(TokenStore.class);
    if (found.isPresent()) {
      if (assembly.database.isPresent()) {
        assembly.configuration.problem(
            "dataSource", "nothing, as the application brings " + found.get().getClass().getName());
      }
      return found.get();
    }
    if (assembly.database.isPresent()) {
      return assembly.database.get();
    }
    assembly.warn(
        "codes and tokens are kept in the memory of this process: they are gone when it ends, and no"
            + " other node knows them");
    long entries = Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_ENTRY;
    return new MemoryStore(assembly.clock, (int) Math.min(entries, MAX_ENTRIES));
  }

  private static ConsentStore consents(Assembly assembly) {
    Optional<ConsentStore> found = assembly.extensions.only(ConsentStore.class);
    if (found.isPresent()) {
      return found.get();
    }
    return assembly.database.isPresent()
        ? assembly.database.get().consents()
        : new MemoryConsents(MOST_CONSENTS);
  }

  private static StoreState figures(TokenStore store) {
    if (store instanceof MemoryStore memory) {
      return new StoreState("memory", memory::size);
    }
    return StoreState.of(store instanceof JdbcStore ? "database" : store.getClass().getName());
  }
}
