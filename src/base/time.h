/* Time is counted in nanoseconds everywhere. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)

#endif
