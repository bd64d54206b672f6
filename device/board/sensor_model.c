// The model is a function of time alone: the same on every board and in every run. Its noise is the sum of four evenly distributed numbers.
#include "sensor_model.h"

#define HEALTHY_G 0.020
#define FAILING_G 0.100
#define NOISE_G 0.003
#define HEALTHY_MS 20000u
#define GROWING_MS 30000u

// Spreads every bit of x over all of the result (the "lowbias32" constants of C. Wellons).
static uint32_t mix(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ x >> 16;
}

// Mean 0, standard deviation 1 (that of four uniform numbers of 0..255 is 147.8).
static double noise(uint32_t seed) {
  uint32_t bits = mix(seed);
  int32_t sum = (int32_t)((bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24));
  return (double)(2 * sum - 4 * 255) / 2.0 / 147.8;
}

double sensor_model_vibration(uint64_t ms) {
  uint32_t growing_ms = ms <= HEALTHY_MS ? 0 : ms - HEALTHY_MS < GROWING_MS ? (uint32_t)(ms - HEALTHY_MS) : GROWING_MS;
  double level = HEALTHY_G + (FAILING_G - HEALTHY_G) * (double)growing_ms / (double)GROWING_MS;
  return level + NOISE_G * noise((uint32_t)ms);
}
