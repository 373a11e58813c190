/* Who holds the most RAM? The first five, or as many as one says: cc top5.c $(pkg-config --cflags --libs libvires) */
#include <stdio.h>
#include <stdlib.h>
#include <vires.h>

static struct vires_snapshot *now;

static int must(int result)
{
	if (result < 0) {
		fprintf(stderr, "top5: %s\n", vires_strerror(result));
		exit(1);
	}
	return result;
}

static int by_rss(const void *left, const void *right)
{
	int64_t a = -1, b = -1; /* not known comes last */

	vires_number_of(now, VIRES_TASK, *(const size_t *)left, "rss_bytes", &a);
	vires_number_of(now, VIRES_TASK, *(const size_t *)right, "rss_bytes", &b);
	return (a < b) - (a > b);
}

int main(int argc, char **argv)
{
	size_t rows[65536], count, wanted = argc > 1 ? strtoul(argv[1], NULL, 10) : 5, length;
	struct vires_source *machine;
	struct vires_request *request;
	int64_t pid, rss;
	const char *name;

	must(vires_open(NULL, 0, &machine));
	must(vires_request_new(&request));
	must(vires_request_name(request, VIRES_TASK, "rss_bytes"));
	must(vires_request_name(request, VIRES_TASK, "comm"));
	must(vires_take(machine, request, &now));
	for (count = 0; count < vires_rows(now, VIRES_TASK) && count < sizeof rows / sizeof *rows; count++)
		rows[count] = count;
	qsort(rows, count, sizeof *rows, by_rss);
	for (size_t i = 0; i < count && i < wanted; i++) {
		if (must(vires_number_of(now, VIRES_TASK, rows[i], "pid", &pid)))
			printf("%8lld ", (long long)pid);
		if (must(vires_number_of(now, VIRES_TASK, rows[i], "rss_bytes", &rss)))
			printf("%12lld KiB ", (long long)rss / 1024);
		else
			printf("%16s ", "?"); /* absent is not zero */
		if (must(vires_text_of(now, VIRES_TASK, rows[i], "comm", &name, &length)))
			for (size_t k = 0; k < length; k++)
				putchar(name[k] > ' ' && name[k] < 127 ? name[k] : '?');
		putchar('\n');
	}
	vires_snapshot_free(now);
	vires_request_free(request);
	vires_close(machine);
	return 0;
}
