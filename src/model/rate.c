#include "model/rate.h"

static bool divide(__int128 above, int64_t below, int64_t *ret)
{
	enum { SMALL_BITS = 62 }; /* what half of below can be added to; to divide that takes one instruction */

	if (above >= 0 && above < INT64_C(1) << SMALL_BITS) {
		*ret = ((int64_t)above + below / 2) / below;
		return true;
	}
	__int128 half = below / 2;
	__int128 result = (above < 0 ? above - half : above + half) / below;

	if (result > INT64_MAX || result < INT64_MIN)
		return false;
	*ret = (int64_t)result;
	return true;
}

bool rate_of_change(int64_t before, int64_t now, int64_t elapsed_ns, int64_t scale, int64_t *ret)
{
	if (elapsed_ns >= 0 && now == before) { /* also of a row that was not read again */
		*ret = 0;
		return true;
	}
	return elapsed_ns > 0 && divide(((__int128)now - before) * scale, elapsed_ns, ret);
}

bool rate(int64_t before, int64_t now, int64_t elapsed_ns, int64_t scale, int64_t *ret)
{
	return now >= before && rate_of_change(before, now, elapsed_ns, scale, ret);
}

bool share(int64_t part, int64_t whole, int64_t *ret)
{
	return whole > 0 && divide((__int128)part * 1000000, whole, ret);
}
