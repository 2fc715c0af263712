// Calls the functions of glibc's libmvec, which take a vector of numbers at a time, over a whole row.
//
// They are looked up by name when first wanted: where the library or the function is missing (another C library, an
// older one, another processor), the caller is told so and uses the scalar function. Results differ from the scalar
// functions' by at most four units in the last place. The end of a row goes through the same code as the rest, so an
// element's result does not depend on where in the row it stands.
#ifndef MARTLET_VECTOR_MATH_H
#define MARTLET_VECTOR_MATH_H

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__) && defined(__AVX512F__)
#define MARTLET_VECTOR_BYTES 64
#define MARTLET_VECTOR_ABI "_ZGVe"
#elif defined(__x86_64__) && defined(__AVX2__)
#define MARTLET_VECTOR_BYTES 32
#define MARTLET_VECTOR_ABI "_ZGVd"
#endif

/// The vector function for `name` (`exp`, `expf`, `pow` …) of numbers of `size` bytes, or null.
static inline void *martlet_vector_function(const char *name, int size, int arguments) {
#ifdef MARTLET_VECTOR_BYTES
  void *library = dlopen("libmvec.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return NULL;
  char symbol[64];
  snprintf(symbol, sizeof symbol, "%sN%d%s_%s", MARTLET_VECTOR_ABI, MARTLET_VECTOR_BYTES / size,
           arguments == 2 ? "vv" : "v", name);
  return dlsym(library, symbol);
#else
  (void)name, (void)size, (void)arguments;
  return NULL;
#endif
}

#ifdef MARTLET_VECTOR_BYTES
typedef double martlet_doubles __attribute__((vector_size(MARTLET_VECTOR_BYTES)));
typedef float martlet_floats __attribute__((vector_size(MARTLET_VECTOR_BYTES)));

// Memory is asked for ahead of time: behind a call for every vector the processor does not look far enough by itself, which
// makes long rows a fifth slower.
#define MARTLET_VECTOR_MAP(scalar, vector, blank)                                                    \
  enum { lanes = MARTLET_VECTOR_BYTES / sizeof(scalar) };                                            \
  vector (*call)(vector) = (vector (*)(vector))function;                                             \
  long i = 0;                                                                                        \
  for (; i + lanes <= count; i += lanes) {                                                           \
    vector in, out;                                                                                  \
    __builtin_prefetch((const char *)(x + i) + 2048);                                                \
    __builtin_prefetch((const char *)(y + i) + 1024, 1);                                             \
    memcpy(&in, x + i, sizeof in);                                                                   \
    out = call(in);                                                                                  \
    memcpy(y + i, &out, sizeof out);                                                                 \
  }                                                                                                  \
  if (i < count) {                                                                                   \
    scalar rest[lanes];                                                                              \
    for (long j = 0; j < lanes; j++) rest[j] = i + j < count ? x[i + j] : blank;                     \
    vector in, out;                                                                                  \
    memcpy(&in, rest, sizeof in);                                                                    \
    out = call(in);                                                                                  \
    memcpy(y + i, &out, (size_t)(count - i) * sizeof(scalar));                                       \
  }

#define MARTLET_VECTOR_MAP_TWO(scalar, vector, blank)                                                \
  enum { lanes = MARTLET_VECTOR_BYTES / sizeof(scalar) };                                            \
  vector (*call)(vector, vector) = (vector (*)(vector, vector))function;                             \
  for (long i = 0; i < count; i += lanes) {                                                          \
    scalar first[lanes], second[lanes];                                                              \
    long filled = count - i < lanes ? count - i : lanes;                                             \
    for (long j = 0; j < lanes; j++) {                                                               \
      first[j] = j < filled ? x[(i + j) * x_stride] : blank;                                         \
      second[j] = j < filled ? z[(i + j) * z_stride] : blank;                                        \
    }                                                                                                \
    vector a, b, out;                                                                                \
    memcpy(&a, first, sizeof a);                                                                     \
    memcpy(&b, second, sizeof b);                                                                    \
    out = call(a, b);                                                                                \
    memcpy(y + i, &out, (size_t)filled * sizeof(scalar));                                            \
  }
#endif

static inline void martlet_vector_map_double(void *function, const double *x, double *y, long count) {
#ifdef MARTLET_VECTOR_BYTES
  MARTLET_VECTOR_MAP(double, martlet_doubles, 1.0)
#else
  (void)function, (void)x, (void)y, (void)count;
#endif
}

static inline void martlet_vector_map_float(void *function, const float *x, float *y, long count) {
#ifdef MARTLET_VECTOR_BYTES
  MARTLET_VECTOR_MAP(float, martlet_floats, 1.0f)
#else
  (void)function, (void)x, (void)y, (void)count;
#endif
}

static inline void martlet_vector_map_two_doubles(void *function, const double *x, long x_stride, const double *z,
                                                  long z_stride, double *y, long count) {
#ifdef MARTLET_VECTOR_BYTES
  MARTLET_VECTOR_MAP_TWO(double, martlet_doubles, 1.0)
#else
  (void)function, (void)x, (void)x_stride, (void)z, (void)z_stride, (void)y, (void)count;
#endif
}

static inline void martlet_vector_map_two_floats(void *function, const float *x, long x_stride, const float *z,
                                                 long z_stride, float *y, long count) {
#ifdef MARTLET_VECTOR_BYTES
  MARTLET_VECTOR_MAP_TWO(float, martlet_floats, 1.0f)
#else
  (void)function, (void)x, (void)x_stride, (void)z, (void)z_stride, (void)y, (void)count;
#endif
}

// The extremes of a row of at least 64 numbers; NaN when there is one. NaNs are looked for apart, with one comparison for
// two vectors: telling them apart in each comparison makes this slower than memory.
#define MARTLET_EXTREME(name, scalar, integer, WINS)                                                 \
  static inline scalar name(const scalar *a, long count) {                                           \
    typedef scalar vector __attribute__((vector_size(64)));                                          \
    typedef scalar unaligned __attribute__((vector_size(64), aligned(sizeof(scalar))));              \
    typedef integer mask __attribute__((vector_size(64)));                                           \
    enum { lanes = 64 / sizeof(scalar) };                                                            \
    const unaligned *rows = (const unaligned *)a;                                                    \
    vector first = rows[0], second = rows[1], third = rows[2], fourth = rows[3];                     \
    mask odd = {0};                                                                                  \
    long whole = count / (4 * lanes) * 4;                                                            \
    for (long i = 0; i < whole; i += 4) {                                                            \
      vector x = rows[i], y = rows[i + 1], z = rows[i + 2], w = rows[i + 3];                         \
      odd |= ((x != x) | (y != y)) | ((z != z) | (w != w));                                          \
      mask xWins = x WINS first, yWins = y WINS second, zWins = z WINS third, wWins = w WINS fourth; \
      first = (vector)(((mask)x & xWins) | ((mask)first & ~xWins));                                  \
      second = (vector)(((mask)y & yWins) | ((mask)second & ~yWins));                                \
      third = (vector)(((mask)z & zWins) | ((mask)third & ~zWins));                                  \
      fourth = (vector)(((mask)w & wWins) | ((mask)fourth & ~wWins));                                \
    }                                                                                                \
    scalar result = a[0];                                                                            \
    int isNaN = 0;                                                                                   \
    for (int lane = 0; lane < lanes; lane++) {                                                       \
      if (first[lane] WINS result) result = first[lane];                                             \
      if (second[lane] WINS result) result = second[lane];                                           \
      if (third[lane] WINS result) result = third[lane];                                             \
      if (fourth[lane] WINS result) result = fourth[lane];                                           \
      isNaN |= odd[lane] != 0;                                                                       \
    }                                                                                                \
    for (long i = whole * lanes; i < count; i++) {                                                   \
      if (a[i] WINS result) result = a[i];                                                           \
      isNaN |= a[i] != a[i];                                                                         \
    }                                                                                                \
    return isNaN ? (scalar)__builtin_nan("") : result;                                               \
  }

MARTLET_EXTREME(martlet_max_double, double, long, >)
MARTLET_EXTREME(martlet_min_double, double, long, <)
MARTLET_EXTREME(martlet_max_float, float, int, >)
MARTLET_EXTREME(martlet_min_float, float, int, <)

// The sum of a row without gaps, of at least one number. Blocks of 1,024 are each summed in four vectors of eight, and the
// blocks pairwise, as the digits of a binary counter carry: the rounding error grows with the logarithm of `count`. The
// order of the additions is the same on every processor.
#define MARTLET_SUM(name, scalar)                                                                    \
  static inline scalar name##_block(const scalar *a, long count) {                                   \
    typedef scalar vector __attribute__((vector_size(8 * sizeof(scalar))));                          \
    typedef scalar unaligned __attribute__((vector_size(8 * sizeof(scalar)), aligned(sizeof(scalar)))); \
    long i = 0;                                                                                      \
    if (count >= 64) {                                                                               \
      const unaligned *rows = (const unaligned *)a;                                                  \
      vector first = rows[0], second = rows[1], third = rows[2], fourth = rows[3];                   \
      long whole = count / 32;                                                                       \
      for (long k = 1; k < whole; k++) {                                                             \
        first += rows[4 * k];                                                                        \
        second += rows[4 * k + 1];                                                                   \
        third += rows[4 * k + 2];                                                                    \
        fourth += rows[4 * k + 3];                                                                   \
      }                                                                                              \
      vector joined = (first + second) + (third + fourth);                                           \
      scalar sum = joined[0];                                                                        \
      for (int lane = 1; lane < 8; lane++) sum += joined[lane];                                      \
      for (i = whole * 32; i < count; i++) sum += a[i];                                              \
      return sum;                                                                                    \
    }                                                                                                \
    scalar first = 0, second = 0, third = 0, fourth = 0;                                             \
    for (; i + 4 <= count; i += 4) {                                                                 \
      first += a[i];                                                                                 \
      second += a[i + 1];                                                                            \
      third += a[i + 2];                                                                             \
      fourth += a[i + 3];                                                                            \
    }                                                                                                \
    for (; i < count; i++) first += a[i];                                                            \
    return (first + second) + (third + fourth);                                                      \
  }                                                                                                  \
  static inline scalar name(const scalar *a, long count) {                                           \
    enum { block = 1024 };                                                                           \
    if (count <= block) return name##_block(a, count);                                               \
    scalar waiting[64];                                                                              \
    unsigned long blocks = 0;                                                                        \
    for (long start = 0; start < count; start += block) {                                            \
      scalar sum = name##_block(a + start, count - start < block ? count - start : block);           \
      int level = 0;                                                                                 \
      for (; blocks & (1ul << level); level++) sum = waiting[level] + sum;                           \
      waiting[level] = sum;                                                                          \
      blocks++;                                                                                      \
    }                                                                                                \
    scalar total = 0;                                                                                \
    for (int level = 0; level < 64; level++)                                                         \
      if (blocks & (1ul << level)) total += waiting[level];                                          \
    return total;                                                                                    \
  }

MARTLET_SUM(martlet_sum_double, double)
MARTLET_SUM(martlet_sum_float, float)

// The sums of `rows` rows of `width` numbers, one after the other.
#define MARTLET_SUM_ROWS(name, scalar, sum)                                                          \
  static inline void name(const scalar *a, long rows, long width, scalar *sums) {                    \
    for (long row = 0; row < rows; row++) sums[row] = sum(a + row * width, width);                   \
  }

MARTLET_SUM_ROWS(martlet_sum_rows_double, double, martlet_sum_double)
MARTLET_SUM_ROWS(martlet_sum_rows_float, float, martlet_sum_float)

// Adds `rows` rows of `width` numbers, one after the other, to `sums`; four at a time, so that the sums are read and
// written once for four rows. The order of the additions is that of the rows.
#define MARTLET_ADD_ROWS(name, scalar)                                                               \
  static inline void name(scalar *restrict sums, const scalar *restrict a, long rows, long width) {  \
    long row = 0;                                                                                    \
    for (; row + 4 <= rows; row += 4) {                                                              \
      const scalar *first = a + row * width, *second = first + width;                                \
      const scalar *third = second + width, *fourth = third + width;                                 \
      for (long i = 0; i < width; i++) sums[i] = (((sums[i] + first[i]) + second[i]) + third[i]) + fourth[i]; \
    }                                                                                                \
    for (; row < rows; row++)                                                                        \
      for (long i = 0; i < width; i++) sums[i] += a[row * width + i];                                \
  }

MARTLET_ADD_ROWS(martlet_add_rows_double, double)
MARTLET_ADD_ROWS(martlet_add_rows_float, float)

#endif
