/* cmocka's skip() takes no reason, and a skip without one counts as a failure. Include behind cmocka.h. */
#ifndef TESTS_SKIP_BECAUSE_H
#define TESTS_SKIP_BECAUSE_H

#define skip_because(reason) (print_message("# %s\n", reason), skip())

#endif
