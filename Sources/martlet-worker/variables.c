#include "variables.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "guarded_thread.h"
#include "library.h"

enum { MAXIMUM_CELL = 1 << 20 };

typedef struct {
  void *library;
  /// Found when they are asked for first.
  variable *variables;
  size_t count;
  bool is_listed;
} loaded_cell;

static pthread_mutex_t cells_lock = PTHREAD_MUTEX_INITIALIZER;
/// By number. The records are never moved, so that they can be used without the lock.
static loaded_cell **cells;
static uint32_t capacity, loaded_count;

static bool grow(uint32_t cell) {
  if (cell < capacity) return true;
  uint32_t larger = 2 * cell + 64;
  loaded_cell **grown = cell < MAXIMUM_CELL ? realloc(cells, larger * sizeof *cells) : NULL;
  if (!grown) return false;
  memset(grown + capacity, 0, (larger - capacity) * sizeof *cells);
  cells = grown;
  capacity = larger;
  return true;
}

void variables_add_cell(uint32_t cell, void *library) {
  critical_enter();
  loaded_cell *loaded = calloc(1, sizeof *loaded);
  if (loaded) loaded->library = library;
  pthread_mutex_lock(&cells_lock);
  loaded_count++;
  if (loaded && grow(cell)) cells[cell] = loaded;
  pthread_mutex_unlock(&cells_lock);
  critical_leave();
}

uint32_t variables_cell_count(void) {
  pthread_mutex_lock(&cells_lock);
  uint32_t count = loaded_count;
  pthread_mutex_unlock(&cells_lock);
  return count;
}

// MARK: Symbols

/// The dynamic symbols of a library.
typedef struct {
  uintptr_t base;
  const ElfW(Sym) *symbols;
  const char *names;
  size_t count;
} symbol_table;

/// The table that is there with `--hash-style=gnu` alone: the last symbol is the end of the last chain.
static size_t count_by_gnu_hash(const uint32_t *table) {
  uint32_t bucket_count = table[0], first = table[1], filter_count = table[2];
  const uint32_t *buckets = table + 4 + filter_count * (sizeof(ElfW(Addr)) / sizeof(uint32_t));
  const uint32_t *chains = buckets + bucket_count;
  uint32_t last = 0;
  for (uint32_t i = 0; i < bucket_count; i++) {
    if (buckets[i] > last) last = buckets[i];
  }
  if (last < first) return first;
  while ((chains[last - first] & 1) == 0) last++;
  return last + 1;
}

static symbol_table symbols_of(void *library) {
  symbol_table table = {0};
  struct link_map *map;
  if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0) return table;
  table.base = map->l_addr;
  const uint32_t *gnu_hash = NULL;
  for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
    const void *address = (const void *)entry->d_un.d_ptr;
    if (entry->d_tag == DT_SYMTAB) table.symbols = address;
    if (entry->d_tag == DT_STRTAB) table.names = address;
    if (entry->d_tag == DT_HASH) table.count = ((const uint32_t *)address)[1];
    if (entry->d_tag == DT_GNU_HASH) gnu_hash = address;
  }
  if (table.count == 0 && gnu_hash) table.count = count_by_gnu_hash(gnu_hash);
  if (!table.symbols || !table.names) table.count = 0;
  return table;
}

static bool is_variable(const ElfW(Sym) *symbol, const char *name) {
  size_t length = strlen(name);
  return symbol->st_shndx != SHN_UNDEF && length > 4 && strncmp(name, "$s", 2) == 0 && strcmp(name + length - 2, "vp") == 0;
}

static void list(loaded_cell *cell) {
  symbol_table table = symbols_of(cell->library);
  size_t found = 0;
  for (size_t i = 0; i < table.count; i++) found += is_variable(&table.symbols[i], table.names + table.symbols[i].st_name);
  cell->variables = calloc(found + 1, sizeof *cell->variables);
  if (!cell->variables) return;
  for (size_t i = 0; i < table.count; i++) {
    const ElfW(Sym) *symbol = &table.symbols[i];
    const char *mangled = table.names + symbol->st_name;
    char *name = is_variable(symbol, mangled) ? runtime.variable_name(mangled) : NULL;
    if (!name) continue;
    cell->variables[cell->count++] =
      (variable){.name = name, .symbol = mangled, .address = (const void *)(table.base + symbol->st_value)};
  }
}

variable *variables_of_cell(uint32_t cell, size_t *count) {
  pthread_mutex_lock(&cells_lock);
  loaded_cell *loaded = cell < capacity ? cells[cell] : NULL;
  pthread_mutex_unlock(&cells_lock);
  *count = 0;
  if (!loaded) return NULL;
  if (!loaded->is_listed) list(loaded);
  loaded->is_listed = true;
  *count = loaded->count;
  return loaded->variables;
}
