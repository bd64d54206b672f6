// The sensor of boards that have none: the vibration of a motor whose imbalance grows.
#pragma once
#include <stdint.h>

// Vibration in g (root mean square of the acceleration without gravity, over a short while) `ms` milliseconds after the motor was switched on.
//
//  g
//  0.10 |                          ..::::::::   stays: the motor fails
//       |                     ..::::
//  0.02 |:::::::::::::::::::::                  healthy: 0.020, standard deviation 0.003
//       +------------------------------------
//       0                    20 s      50 s
double sensor_model_vibration(uint64_t ms);
