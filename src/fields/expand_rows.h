/* The rows of ROWS, each as the macro of its kind says that the file above has made; then these are gone. */
#include ROWS
#undef FIELD
#undef FIELD2
#undef TEXT
#undef NAMED
#undef DERIVED
#undef PAIRED
