/* The most multiply-adds that one core does in native SIMD of WIDTH bytes: twelve independent chains. Prints GFLOP/s. */

#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define CHAINS 12
typedef float vector __attribute__((vector_size(WIDTH)));

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

/* Every lane tends to term / (1 - factor). */
static float chains(long iterations, float a, float b) {
  vector factor = a - (vector){0}, term = b - (vector){0};
  vector x[CHAINS];
  for (int i = 0; i < CHAINS; i++) x[i] = term;
  for (long iteration = 0; iteration < iterations; iteration++)
    for (int i = 0; i < CHAINS; i++) x[i] = x[i] * factor + term;
  float sum = 0;
  for (int i = 0; i < CHAINS; i++) sum += x[i][0];
  return sum;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  double least = atof(arguments[1]), seconds = 0;
  long iterations = 1 << 16;
  float sum = 0;
  while (seconds < least) {
    iterations *= 2;
    double start = now();
    sum += chains(iterations, 0.5f, 0.5f);
    seconds = now() - start;
  }
  fprintf(stderr, "%g\n", sum);
  printf("{\"gigaflops\": %.2f}\n", 2.0 * iterations * CHAINS * (WIDTH / 4) / seconds / 1e9);
  return 0;
}
