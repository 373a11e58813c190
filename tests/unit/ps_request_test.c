#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tools/ps_cells.h"

static char error_text[80];

/* Reads a line of words with blanks between; gives what is wrong with it, or NULL. */
static const char *parse(struct ps_request *request, const char *line)
{
	static char text[512];
	char *argv[32] = { "ps" };
	int argc = 1;

	snprintf(text, sizeof text, "%s", line);
	for (char *word = strtok(text, " "); word && argc < 31; word = strtok(NULL, " "))
		argv[argc++] = word;
	return ps_options_parse(request, argc, argv, error_text);
}

/* The names of the columns that a line asks for, with commas between. */
static const char *columns(const char *line)
{
	static char names[512];
	struct ps_request request;
	size_t len = 0;

	names[0] = '\0';
	if (parse(&request, line))
		snprintf(names, sizeof names, "wrong");
	else
		for (size_t i = 0; i < request.shown_count; i++)
			len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? "," : "",
			                        request.shown[i].column.name);
	ps_request_done(&request);
	return names;
}

static void expect_error(const char *line, const char *expected)
{
	struct ps_request request;
	const char *error = parse(&request, line);

	assert_non_null(error);
	assert_string_equal(error, expected);
	ps_request_done(&request);
}

static void letters_with_a_dash_and_without_mean_different_things(void **state)
{
	(void)state;
	assert_string_equal(columns(""), "pid,tname,time,ucmd");
	assert_string_equal(columns("-e"), "pid,tname,time,ucmd");
	assert_string_equal(columns("a"), "pid,tname,stat,bsdtime,args");
	assert_string_equal(columns("-f"), "uid_hack,pid,ppid,c,stime,tname,time,cmd");
	assert_string_equal(columns("-l"), "f,s,uid,pid,ppid,c,opri,ni,addr_1,sz,wchan,tname,time,ucmd");
	assert_string_equal(columns("l"), "flags,uid,pid,ppid,priority,nice,vsz,rss,wchan,stat,tname,bsdtime,args");
	assert_string_equal(columns("ax -f"), "uid_hack,pid,ppid,c,stime,tname,stat,bsdtime,cmd");
	assert_string_equal(columns("-Fly"), "s,uid_hack,pid,ppid,c,opri,ni,rss,sz,wchan,psr,stime,tname,time,cmd");
	assert_string_equal(columns("-Lfj"), "uid_hack,pid,ppid,pgid,sid,lwp,c,nlwp,stime,tname,time,cmd");
}

static void a_line_that_is_no_unix_line_is_read_again_as_bsd(void **state)
{
	(void)state;
	struct ps_request request;

	assert_null(parse(&request, "-aux"));
	assert_true(request.all);
	assert_int_equal(request.formats, PS_BSD_U);
	ps_request_done(&request);
	assert_null(parse(&request, "-ax"));
	assert_true(request.all);
	ps_request_done(&request);
	expect_error("-ax u", "must set personality to get -x option");
	expect_error("-Q", "unsupported SysV option");
	expect_error("Q", "unsupported option (BSD syntax)");
}

static void lists_may_be_attached_separate_or_repeated(void **state)
{
	(void)state;
	static const char *const lines[] = { "-p1,2",     "-p 1,2",          "-p 1 -p 2", "p1 -p2",   "--pid 1,2",
		                             "--pid=1,2", "--pid:1 --pid 2", "1 2",       "-p 0x1,02" };
	struct ps_request request;
	struct ps_selection selection;
	struct request wanted;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		assert_null(parse(&request, lines[i]));
		assert_int_equal(ps_selection_make(&selection, &request, &wanted), 0);
		assert_int_equal(wanted.pid_count, 2);
		assert_int_equal(wanted.pids[0], 1);
		assert_int_equal(wanted.pids[1], 2);
		assert_null(wanted.choose);
		ps_selection_done(&selection);
		ps_request_done(&request);
	}
	expect_error("-p 1,,2", "improper list");
	expect_error("-p 1,", "improper list");
	expect_error("-p", "list of process IDs must follow -p");
	expect_error("-p x", "process ID list syntax error");
	expect_error("-p 0", "process ID out of range");
	expect_error("-p 4294967297", "process ID out of range");
	expect_error("-u nosuchuser", "user name does not exist");
	expect_error("-u 4294967295", "user ID out of range");
}

static void a_column_may_have_another_header_or_width(void **state)
{
	(void)state;
	struct ps_request request;

	assert_null(parse(&request, "-o pid=LONGER,user:3,rss:20=,comm=a=b:c -o tty"));
	assert_int_equal(request.shown_count, 5);
	assert_string_equal(request.shown[0].column.header, "LONGER");
	assert_int_equal(request.shown[0].column.width, 6);
	assert_int_equal(request.shown[1].width, 3);
	assert_int_equal(request.shown[2].width, 20);
	assert_string_equal(request.shown[2].column.header, "");
	assert_string_equal(request.shown[3].column.header, "a=b:c");
	ps_request_done(&request);
	expect_error("-o pid,nosuch", "unknown user-defined format specifier \"nosuch\"");
	expect_error("-o pid:0", "column widths must be unsigned decimal numbers");
	expect_error("-o pid:9x", "column widths must be unsigned decimal numbers");
	expect_error("-o DFMT:9", "can not set width for a macro (multi-column) format specifier");
	expect_error("-f -o pid -p", "list of process IDs must follow -p");
}

static void every_task_field_is_a_column_and_a_key(void **state)
{
	(void)state;
	struct ps_request request;
	char line[128];

	for (unsigned id = 0; id < TASK_FIELDS; id++) {
		snprintf(line, sizeof line, "-o %s --sort -%s", task_fields[id].name, task_fields[id].name);
		assert_null(parse(&request, line));
		assert_int_equal(request.shown_count, 1);
		assert_int_equal(request.key_count, 1);
		assert_true(request.keys[0].descending);
		ps_request_done(&request);
	}
}

static void columns_stand_in_the_order_of_the_search(void **state)
{
	(void)state;
	struct arena arena = { 0 };

	for (size_t i = 0; i < ps_column_count; i++) {
		assert_true(i == 0 || strcmp(ps_columns[i - 1].name, ps_columns[i].name) < 0);
		assert_ptr_equal(ps_column_find(span_of(ps_columns[i].name), &arena), &ps_columns[i]);
	}
	assert_int_equal(ps_column_count, 281);
	assert_null(ps_column_find(SPAN(""), &arena));
	assert_null(ps_column_find(SPAN("pi"), &arena));
	assert_null(ps_column_find(SPAN("pidd"), &arena));
	arena_done(&arena);
}

static void macros_and_aix_codes_are_columns(void **state)
{
	(void)state;
	assert_string_equal(columns("-o DFMT,rss"), "pid,tname,state,cputime,cmd,rss");
	assert_string_equal(columns("-O rss"), "pid,rss,state,tname,time,command");
	assert_string_equal(columns("O rss"), "pid,rss,state,tname,cputime,comm");
	assert_string_equal(columns("-o %p%x"), "pid,time,");
	assert_string_equal(columns("-o %cpu,%mem"), "%cpu,%mem");
	expect_error("-o %p%", "missing AIX field descriptor");
	expect_error("-o %q", "unknown AIX field descriptor");
	expect_error("-o foo%p", "improper AIX field descriptor");
}

static void what_cannot_go_together_is_said(void **state)
{
	(void)state;
	expect_error("-f u", "conflicting format options");
	expect_error("l -o pid", "conflicting format options");
	expect_error("-c -o pid x", "can not use output modifiers with user-defined output");
	expect_error("-L f", "thread display conflicts with forest display");
	expect_error("-LT", "thread flags conflict; can't use both -L and -T");
	expect_error("mH", "thread flags conflict; can't use H with m or -m");
	expect_error("h h", "only one heading option may be specified");
	expect_error("--sort pid k rss", "multiple sort options");
	expect_error("-a x", "process selection options conflict");
	expect_error("-y", "modifier -y without format -l makes no sense");
	expect_error("--json --csv", "only one of --json and --csv can be had");
	expect_error("--forest=x", "option --forest does not take an argument");
	expect_error("--cols 0", "number of columns must follow --cols, --width, or --columns");
	expect_error("--nosuch", "unknown gnu long option");
	expect_error("- 1", "garbage option");
}

static void only_what_decides_is_read_of_everybody(void **state)
{
	(void)state;
	struct ps_request request;
	struct ps_selection selection;
	struct request wanted;

	assert_null(parse(&request, "-C sh -o pid,args,anon_bytes"));
	assert_int_equal(ps_selection_make(&selection, &request, &wanted), 0);
	assert_true(field_set_has(&wanted.fields, TASK_comm));
	assert_false(field_set_has(&wanted.fields, TASK_cmdline));
	assert_false(field_set_has(&wanted.fields, TASK_anon_bytes));
	assert_true(field_set_has(&wanted.details, TASK_cmdline));
	assert_true(field_set_has(&wanted.details, TASK_anon_bytes));
	assert_true(wanted.only_chosen);
	ps_selection_done(&selection);
	ps_request_done(&request);

	assert_null(parse(&request, "-eo pid,comm"));
	assert_int_equal(ps_selection_make(&selection, &request, &wanted), 0);
	assert_null(wanted.choose);
	assert_false(field_set_has(&wanted.fields, TASK_cmdline));
	assert_true(field_set_empty(&wanted.details));
	ps_selection_done(&selection);
	ps_request_done(&request);
}

static void words_from_the_old_table_of_personalities_change_the_formats(void **state)
{
	(void)state;
	setenv("PS_PERSONALITY", "bsd", 1);
	assert_string_equal(columns("u"), "user,pid,pcpu,pmem,vsz,rss,tt,stat,start,time,command");
	assert_string_equal(columns("-u"), "user,pid,pcpu,pmem,vsz,rss,tt,stat,start,time,command");
	setenv("PS_PERSONALITY", "linux", 1);
	assert_string_equal(columns("-l"), "f,s,uid,pid,ppid,c,opri,ni,sgi_p,sz,wchan,tname,time,ucmd");
	setenv("PS_PERSONALITY", "nosuch", 1);
	assert_string_equal(columns("-f"), "uid_hack,pid,ppid,c,stime,tname,time,cmd");
	unsetenv("PS_PERSONALITY");
	setenv("PS_FORMAT", "pid,rss", 1);
	assert_string_equal(columns("-e"), "pid,rss");
	assert_string_equal(columns("-ef"), "uid_hack,pid,ppid,c,stime,tname,time,cmd");
	unsetenv("PS_FORMAT");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_with_a_dash_and_without_mean_different_things),
		cmocka_unit_test(a_line_that_is_no_unix_line_is_read_again_as_bsd),
		cmocka_unit_test(lists_may_be_attached_separate_or_repeated),
		cmocka_unit_test(a_column_may_have_another_header_or_width),
		cmocka_unit_test(every_task_field_is_a_column_and_a_key),
		cmocka_unit_test(columns_stand_in_the_order_of_the_search),
		cmocka_unit_test(macros_and_aix_codes_are_columns),
		cmocka_unit_test(what_cannot_go_together_is_said),
		cmocka_unit_test(only_what_decides_is_read_of_everybody),
		cmocka_unit_test(words_from_the_old_table_of_personalities_change_the_formats),
	};
	unsetenv("PS_PERSONALITY");
	unsetenv("PS_FORMAT");
	unsetenv("CMD_ENV");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
