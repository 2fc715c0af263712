// Loops over rows of single-precision numbers, sixteen at a time, that networks spend their time in.
//
// The vectors are those of the compiler, which cuts them up for processors that have shorter ones. What is left at the end
// of a row goes through the same code as the rest, so an element's result does not depend on where in the row it stands.
#ifndef MARTLET_FLOAT_ROWS_H
#define MARTLET_FLOAT_ROWS_H

#include <math.h>
#include <string.h>

typedef float martlet_f16 __attribute__((vector_size(64)));
typedef int martlet_i16 __attribute__((vector_size(64)));
enum { martlet_lanes = 16 };

#define MARTLET_ROW static inline __attribute__((always_inline))

MARTLET_ROW martlet_f16 martlet_load(const float *x, long count) {
  martlet_f16 v = {0};
  if (count >= martlet_lanes) {
    memcpy(&v, x, sizeof v);
  } else {
    for (long i = 0; i < count; i++) v[i] = x[i];
  }
  return v;
}

MARTLET_ROW void martlet_store(float *x, martlet_f16 v, long count) {
  if (count >= martlet_lanes) {
    memcpy(x, &v, sizeof v);
  } else {
    for (long i = 0; i < count; i++) x[i] = v[i];
  }
}

/// `a` in the lanes where the mask is set, else `b`.
MARTLET_ROW martlet_f16 martlet_choose(martlet_i16 mask, martlet_f16 a, martlet_f16 b) {
  return (martlet_f16)(((martlet_i16)a & mask) | ((martlet_i16)b & ~mask));
}

MARTLET_ROW float martlet_lane_sum(martlet_f16 v) {
  float sum = 0;
  for (int i = 0; i < 8; i++) sum += v[i] + v[i + 8];
  return sum;
}

/// e to the power x, to two units in the last place between −87 and 88; 0 below and e⁸⁸ above.
MARTLET_ROW martlet_f16 martlet_exp16(martlet_f16 x) {
  const martlet_f16 least = (martlet_f16){0} - 87.3f, most = (martlet_f16){0} + 88.0f;
  martlet_f16 bounded = martlet_choose(x < least, least, martlet_choose(x > most, most, x));
  // Adding a large number rounds to a whole one, whose bits then are the exponent.
  martlet_f16 shifted = bounded * 1.44269504f + 12582912.0f;
  martlet_f16 whole = shifted - 12582912.0f;
  // The part of ln 2 that a float holds, and the rest of it.
  martlet_f16 rest = whole * 2.1219444e-4f + (whole * -0.693359375f + bounded);
  martlet_f16 sum = rest * 1.3888889e-3f + 8.3333333e-3f;
  sum = sum * rest + 4.1666667e-2f;
  sum = sum * rest + 0.166666667f;
  sum = sum * rest + 0.5f;
  sum = sum * rest + 1.0f;
  sum = sum * rest + 1.0f;
  martlet_f16 power = (martlet_f16)(((martlet_i16)shifted << 23) + (127 << 23));
  return martlet_choose(x < least, (martlet_f16){0}, sum * power);
}

MARTLET_ROW martlet_f16 martlet_sigmoid16(martlet_f16 x) { return 1.0f / (1.0f + martlet_exp16(-x)); }

/// The hyperbolic tangent: by powers of e, and near 0 by a polynomial, so that small numbers keep their digits.
MARTLET_ROW martlet_f16 martlet_tanh16(martlet_f16 x) {
  martlet_f16 size = martlet_choose(x < 0, -x, x);
  martlet_f16 power = martlet_exp16(size * -2.0f);
  martlet_f16 far = (1.0f - power) / (1.0f + power);
  martlet_f16 square = x * x;
  martlet_f16 near = square * -5.70498872745e-3f + 2.06390887954e-2f;
  near = near * square - 5.37397155531e-2f;
  near = near * square + 1.33314422036e-1f;
  near = near * square - 3.33332819422e-1f;
  near = near * square * x + x;
  return martlet_choose(size < 0.625f, near, martlet_choose(x < 0, -far, far));
}

/// `x · Φ(x)`, Φ being the normal distribution's share below x. The error function is formula 7.1.26 of Abramowitz and
/// Stegun, to 1.5e-7.
MARTLET_ROW martlet_f16 martlet_gelu16(martlet_f16 x) {
  martlet_f16 size = martlet_choose(x < 0, -x, x) * 0.70710678f;
  martlet_f16 t = 1.0f / (size * 0.3275911f + 1.0f);
  martlet_f16 sum = t * 1.061405429f - 1.453152027f;
  sum = sum * t + 1.421413741f;
  sum = sum * t - 0.284496736f;
  sum = sum * t + 0.254829592f;
  martlet_f16 erf = 1.0f - sum * t * martlet_exp16(-size * size);
  return x * 0.5f * (1.0f + martlet_choose(x < 0, -erf, erf));
}

/// Replaces each number x of a row by x · Φ(x).
static inline void martlet_gelu_row(float *row, long count) {
  for (long i = 0; i < count; i += martlet_lanes) {
    martlet_store(row + i, martlet_gelu16(martlet_load(row + i, count - i)), count - i);
  }
}

/// Replaces each number x of a row by exp(factor · (x − largest)) / ∑ exp(factor · (x − largest)); the factor is above 0.
static inline void martlet_softmax_row(float *row, long count, float factor) {
  martlet_f16 most = (martlet_f16){0} + row[0], total = {0};
  for (long i = 0; i + martlet_lanes <= count; i += martlet_lanes) {
    martlet_f16 v = martlet_load(row + i, martlet_lanes);
    most = martlet_choose(v > most, v, most);
  }
  float largest = row[0];
  for (int lane = 0; lane < martlet_lanes; lane++) largest = most[lane] > largest ? most[lane] : largest;
  for (long i = count / martlet_lanes * martlet_lanes; i < count; i++) largest = row[i] > largest ? row[i] : largest;
  for (long i = 0; i < count; i += martlet_lanes) {
    martlet_f16 power = martlet_exp16((martlet_load(row + i, count - i) - largest) * factor);
    martlet_store(row + i, power, count - i);
    total += martlet_load(row + i, count - i);
  }
  float scale = 1.0f / martlet_lane_sum(total);
  for (long i = 0; i < count; i += martlet_lanes) {
    martlet_store(row + i, martlet_load(row + i, count - i) * scale, count - i);
  }
}

/// Adds `other`, if it is there, to a row, takes the mean away, divides by the standard deviation, scales and shifts.
static inline void martlet_add_and_normalize_row(float *row, const float *other, long count, const float *scale,
                                                 const float *shift, float epsilon) {
  martlet_f16 sums = {0}, squares = {0};
  for (long i = 0; i < count; i += martlet_lanes) {
    martlet_f16 v = martlet_load(row + i, count - i);
    if (other) {
      v += martlet_load(other + i, count - i);
      martlet_store(row + i, v, count - i);
    }
    sums += v;
  }
  float mean = martlet_lane_sum(sums) / (float)count;
  for (long i = 0; i < count; i += martlet_lanes) {
    martlet_f16 v = martlet_load(row + i, count - i) - mean;
    martlet_store(row + i, v, count - i);
    v = martlet_load(row + i, count - i);
    squares += v * v;
  }
  float factor = 1.0f / sqrtf(martlet_lane_sum(squares) / (float)count + epsilon);
  for (long i = 0; i < count; i += martlet_lanes) {
    martlet_f16 v = martlet_load(row + i, count - i) * factor * martlet_load(scale + i, count - i);
    martlet_store(row + i, v + martlet_load(shift + i, count - i), count - i);
  }
}

/// One step of an LSTM for one sample: the gates i, f, g, o from the sums of both sources, the cell, and the state. `kept`
/// gets the gates and the cell's hyperbolic tangent.
static inline void martlet_lstm_step(long units, const float *from_input, const float *from_state,
                                     const float *cell_before, float *cell, float *state, float *kept) {
  for (long k = 0; k < units; k += martlet_lanes) {
    long rest = units - k;
    martlet_f16 sums[4];
    for (int gate = 0; gate < 4; gate++) {
      sums[gate] = martlet_load(from_input + gate * units + k, rest) + martlet_load(from_state + gate * units + k, rest);
    }
    martlet_f16 i = martlet_sigmoid16(sums[0]), f = martlet_sigmoid16(sums[1]);
    martlet_f16 g = martlet_tanh16(sums[2]), o = martlet_sigmoid16(sums[3]);
    martlet_f16 c = f * martlet_load(cell_before + k, rest) + i * g, bent = martlet_tanh16(c);
    martlet_store(kept + k, i, rest);
    martlet_store(kept + units + k, f, rest);
    martlet_store(kept + 2 * units + k, g, rest);
    martlet_store(kept + 3 * units + k, o, rest);
    martlet_store(kept + 4 * units + k, bent, rest);
    martlet_store(cell + k, c, rest);
    martlet_store(state + k, o * bent, rest);
  }
}

/// The way back through one step of an LSTM for one sample: `state` and `cell` hold the slopes along what comes after the
/// step, and get 0 and that along the cell before; `sums` gets those along the gates' sums.
static inline void martlet_lstm_step_back(long units, const float *kept, const float *cell_before, float *state,
                                          float *cell, float *sums) {
  for (long k = 0; k < units; k += martlet_lanes) {
    long rest = units - k;
    martlet_f16 i = martlet_load(kept + k, rest), f = martlet_load(kept + units + k, rest);
    martlet_f16 g = martlet_load(kept + 2 * units + k, rest), o = martlet_load(kept + 3 * units + k, rest);
    martlet_f16 bent = martlet_load(kept + 4 * units + k, rest), s = martlet_load(state + k, rest);
    martlet_f16 slope = martlet_load(cell + k, rest) + s * o * (1.0f - bent * bent);
    martlet_store(sums + k, slope * g * i * (1.0f - i), rest);
    martlet_store(sums + units + k, slope * martlet_load(cell_before + k, rest) * f * (1.0f - f), rest);
    martlet_store(sums + 2 * units + k, slope * i * (1.0f - g * g), rest);
    martlet_store(sums + 3 * units + k, s * bent * o * (1.0f - o), rest);
    martlet_store(cell + k, slope * f, rest);
    martlet_store(state + k, (martlet_f16){0}, rest);
  }
}

/// The largest of each two by two numbers of two rows, which follow each other; NaN where there is one.
static inline void martlet_pool_two_rows(const float *upper, const float *lower, float *target, long columns) {
  for (long i = 0; i < columns; i++) {
    float a = upper[2 * i], b = upper[2 * i + 1], c = lower[2 * i], d = lower[2 * i + 1];
    float left = a > b || a != a ? a : b, right = c > d || c != c ? c : d;
    target[i] = left > right || left != left ? left : right;
  }
}

/// Gives each gradient to the first of the two by two numbers that is the largest; the others get 0.
static inline void martlet_spread_two_rows(const float *upper, const float *lower, const float *largest,
                                           const float *gradient, float *restrict upper_target,
                                           float *restrict lower_target, long columns) {
  for (long i = 0; i < columns; i++) {
    float a = upper[2 * i], b = upper[2 * i + 1], c = lower[2 * i], m = largest[i], g = gradient[i];
    // Without branches: 1 for the number that gets it, in the order of the window. A NaN is its window's largest.
    int first = (a == m) | (a != a), second = ((b == m) | (b != b)) & ~first;
    int third = ((c == m) | (c != c)) & ~(first | second), fourth = 1 & ~(first | second | third);
    upper_target[2 * i] = first ? g : 0;
    upper_target[2 * i + 1] = second ? g : 0;
    lower_target[2 * i] = third ? g : 0;
    lower_target[2 * i + 1] = fourth ? g : 0;
  }
}

#endif
