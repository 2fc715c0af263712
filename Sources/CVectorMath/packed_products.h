// Products with a matrix that was laid out for them beforehand: in panels of some columns of the result, term by term. Weights are
// then read once, from one end to the other, which is what takes the time for a short text; and for long ones there is nothing
// left to be copied, as a general product would have to do it each time.
#ifndef MARTLET_PACKED_PRODUCTS_H
#define MARTLET_PACKED_PRODUCTS_H

#include "float_rows.h"

// As many sums as there are registers for, besides those for a number of each row and for what it is multiplied with.
#ifdef __AVX512F__
enum { martlet_panel_width = 32, martlet_panel_rows = 12 };
// Vectors of 64 bytes are meant: compilers take halves for these processors unless they are told.
#define MARTLET_WIDE __attribute__((min_vector_width(512)))
#else
enum { martlet_panel_width = 16, martlet_panel_rows = 6 };
#define MARTLET_WIDE
#endif

/// Lays `count` rows of `inputs` numbers, `stride` apart, side by side: `panel[k][row]`, with zeros for the rows that are missing.
static inline void martlet_pack_rows(const float *rows, long count, long stride, long inputs, float *panel) {
  for (long k = 0; k < inputs; k++, panel += martlet_panel_width) {
    for (long row = 0; row < martlet_panel_width; row++) panel[row] = row < count ? rows[row * stride + k] : 0;
  }
}

/// Lays `count` numbers of each of `inputs` rows, `stride` apart, behind each other: `panel[row][k]`, with zeros for the columns that
/// are missing.
static inline void martlet_pack_columns(const float *rows, long count, long stride, long inputs, float *panel) {
  for (long row = 0; row < inputs; row++, panel += martlet_panel_width, rows += stride) {
    for (long k = 0; k < martlet_panel_width; k++) panel[k] = k < count ? rows[k] : 0;
  }
}

// The sums of one row, which start from `start`: written out so that all stay in registers whatever the optimiser makes of loops.
#ifdef __AVX512F__
#define MARTLET_SUMS(s) martlet_f16 s##0 = start0, s##1 = start1
#define MARTLET_START                                          \
  martlet_f16 start0 = martlet_load(start, martlet_lanes),     \
              start1 = martlet_load(start + martlet_lanes, martlet_lanes)
#define MARTLET_WEIGHTS                                        \
  martlet_f16 w0 = martlet_load(panel, martlet_lanes),         \
              w1 = martlet_load(panel + martlet_lanes, martlet_lanes)
#define MARTLET_ADD(s, row)               \
  do {                                    \
    float v = x[(row) * stride + k];      \
    s##0 += v * w0, s##1 += v * w1;       \
  } while (0)
#define MARTLET_PUT(s, row)                                                       \
  do {                                                                            \
    martlet_store(y + (row) * y_stride, s##0, martlet_lanes);                     \
    martlet_store(y + (row) * y_stride + martlet_lanes, s##1, martlet_lanes);     \
  } while (0)
#else
#define MARTLET_SUMS(s) martlet_f16 s##0 = start0
#define MARTLET_START martlet_f16 start0 = martlet_load(start, martlet_lanes)
#define MARTLET_WEIGHTS martlet_f16 w0 = martlet_load(panel, martlet_lanes)
#define MARTLET_ADD(s, row) s##0 += x[(row) * stride + k] * w0
#define MARTLET_PUT(s, row) martlet_store(y + (row) * y_stride, s##0, martlet_lanes)
#endif

#define MARTLET_EACH(rows, DO)                                                                  \
  DO(a, 0);                                                                                     \
  if (rows > 1) DO(b, 1);                                                                       \
  if (rows > 2) DO(c, 2);                                                                       \
  if (rows > 3) DO(d, 3);                                                                       \
  if (rows > 4) DO(e, 4);                                                                       \
  if (rows > 5) DO(f, 5);                                                                       \
  if (rows > 6) DO(g, 6);                                                                       \
  if (rows > 7) DO(h, 7);                                                                       \
  if (rows > 8) DO(i, 8);                                                                       \
  if (rows > 9) DO(j, 9);                                                                       \
  if (rows > 10) DO(l, 10);                                                                     \
  if (rows > 11) DO(m, 11)

/// Some rows of x with a panel, for a number of rows that the compiler knows. Memory is asked for half a panel of numbers ahead.
#define MARTLET_PANEL_ROWS(rows)                                                                                      \
  MARTLET_WIDE static inline void martlet_panel_##rows(const float *x, long stride, const float *panel, long inputs,  \
                                                       const float *start, float *y, long y_stride) {                 \
    MARTLET_START;                                                                                                    \
    MARTLET_SUMS(a);                                                                                                  \
    MARTLET_SUMS(b);                                                                                                  \
    MARTLET_SUMS(c);                                                                                                  \
    MARTLET_SUMS(d);                                                                                                  \
    MARTLET_SUMS(e);                                                                                                  \
    MARTLET_SUMS(f);                                                                                                  \
    MARTLET_SUMS(g);                                                                                                  \
    MARTLET_SUMS(h);                                                                                                  \
    MARTLET_SUMS(i);                                                                                                  \
    MARTLET_SUMS(j);                                                                                                  \
    MARTLET_SUMS(l);                                                                                                  \
    MARTLET_SUMS(m);                                                                                                  \
    for (long k = 0; k < inputs; k++, panel += martlet_panel_width) {                                                 \
      MARTLET_WEIGHTS;                                                                                                \
      __builtin_prefetch((const char *)panel + 2048);                                                                 \
      if (martlet_panel_width > martlet_lanes) __builtin_prefetch((const char *)panel + 2112);                        \
      MARTLET_EACH(rows, MARTLET_ADD);                                                                                \
    }                                                                                                                 \
    MARTLET_EACH(rows, MARTLET_PUT);                                                                                  \
  }

MARTLET_PANEL_ROWS(1)
MARTLET_PANEL_ROWS(2)
MARTLET_PANEL_ROWS(3)
MARTLET_PANEL_ROWS(4)
MARTLET_PANEL_ROWS(5)
MARTLET_PANEL_ROWS(6)
#ifdef __AVX512F__
MARTLET_PANEL_ROWS(7)
MARTLET_PANEL_ROWS(8)
MARTLET_PANEL_ROWS(9)
MARTLET_PANEL_ROWS(10)
MARTLET_PANEL_ROWS(11)
MARTLET_PANEL_ROWS(12)
#endif

#undef MARTLET_PANEL_ROWS
#undef MARTLET_EACH
#undef MARTLET_SUMS
#undef MARTLET_START
#undef MARTLET_WEIGHTS
#undef MARTLET_ADD
#undef MARTLET_PUT

/// At most `martlet_panel_rows` rows of x with a panel; all of the panel's columns are written.
static inline void martlet_panel_block(const float *x, long rows, long stride, const float *panel, long inputs,
                                       const float *start, float *y, long y_stride) {
  switch (rows) {
    case 1: martlet_panel_1(x, stride, panel, inputs, start, y, y_stride); break;
    case 2: martlet_panel_2(x, stride, panel, inputs, start, y, y_stride); break;
    case 3: martlet_panel_3(x, stride, panel, inputs, start, y, y_stride); break;
    case 4: martlet_panel_4(x, stride, panel, inputs, start, y, y_stride); break;
    case 5: martlet_panel_5(x, stride, panel, inputs, start, y, y_stride); break;
    case 6: martlet_panel_6(x, stride, panel, inputs, start, y, y_stride); break;
#ifdef __AVX512F__
    case 7: martlet_panel_7(x, stride, panel, inputs, start, y, y_stride); break;
    case 8: martlet_panel_8(x, stride, panel, inputs, start, y, y_stride); break;
    case 9: martlet_panel_9(x, stride, panel, inputs, start, y, y_stride); break;
    case 10: martlet_panel_10(x, stride, panel, inputs, start, y, y_stride); break;
    case 11: martlet_panel_11(x, stride, panel, inputs, start, y, y_stride); break;
    default: martlet_panel_12(x, stride, panel, inputs, start, y, y_stride);
#endif
  }
}

/// `y[row][column] = start[column] + ∑ₖ x[row][k] · panel[k][column]` for the first `columns` columns of a panel.
///
/// Rows of x are `stride` numbers apart, those of y `y_stride`; `start` has as many numbers as a panel has columns.
static inline void martlet_panel_product(const float *x, long rows, long stride, const float *panel, long inputs,
                                         const float *start, float *y, long y_stride, long columns) {
  float whole[martlet_panel_rows * martlet_panel_width];
  // Parts of about the same number of rows.
  for (long parts = (rows + martlet_panel_rows - 1) / martlet_panel_rows; parts > 0; parts--) {
    long part = (rows + parts - 1) / parts;
    if (columns >= martlet_panel_width) {
      martlet_panel_block(x, part, stride, panel, inputs, start, y, y_stride);
    } else {
      martlet_panel_block(x, part, stride, panel, inputs, start, whole, martlet_panel_width);
      for (long row = 0; row < part; row++) {
        memcpy(y + row * y_stride, whole + row * martlet_panel_width, (size_t)columns * sizeof(float));
      }
    }
    x += part * stride, y += part * y_stride, rows -= part;
  }
}

#undef MARTLET_WIDE

#endif
