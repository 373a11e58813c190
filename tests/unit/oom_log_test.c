/* What the kernel writes about a kill: lines of real logs, of a group and of the whole machine, new and old. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/oom_log.h"
#include "kernel/kmsg.h"

static void feed(struct oom_log *log, const char *text)
{
	struct span rest = span_of(text), line;

	while (span_line(&rest, &line)) {
		int64_t time = oom_log_time(&line);
		assert_int_equal(oom_log_line(log, time, line), 0);
	}
}

static const char of_group[] =
	"[13951.771765] vires (x) invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=1000\n"
	"[13951.772089] memory: usage 98304kB, limit 98304kB, failcnt 42\n"
	"[13951.772101] kmem: usage 212kB, limit 9007199254740988kB, failcnt 0\n"
	"[13951.772269] Tasks state (memory values in pages):\n"
	"[13951.772271] [  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents "
	"oom_score_adj name\n"
	"[13951.772274] [  23551]     0 23551    18167    16738    16462      276         0   180224        "
	"5             0 first\n"
	"[13951.772279] [  23575]     0 23575    18167     8670     8206      464         0   114688        "
	"0          1000 a ) total-vm:9kB b\n"
	"[13951.772283] "
	"oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/lab/x,task_memcg=/lab/x,task=vires-lab,pid=23575,uid=7\n"
	"[13951.772304] Memory cgroup out of memory: Killed process 23575 (vires-lab) total-vm:72668kB, "
	"anon-rss:32824kB, file-rss:1856kB, shmem-rss:4kB, UID:7 pgtables:112kB oom_score_adj:1000\n";

static void a_kill_in_a_group_is_told_whole(void **state)
{
	(void)state;
	struct oom_log log;

	oom_log_init(&log, 4096);
	feed(&log, "[ 1.000000] something else\n");
	feed(&log, of_group);
	assert_int_equal(log.count, 1);
	const struct oom_kill *kill = &log.kills[0];
	assert_int_equal(kill->since_boot_ns, INT64_C(13951772304000));
	assert_true(span_is(kill->asker, "vires (x)"));
	assert_true(kill->in_group && span_is(kill->group, "/lab/x"));
	assert_int_equal(kill->usage_bytes, 98304 * 1024);
	assert_int_equal(kill->limit_bytes, 98304 * 1024);
	assert_int_equal(kill->pid, 23575);
	assert_int_equal(kill->uid, 7);
	assert_true(span_is(kill->name, "vires-lab"));
	assert_int_equal(kill->virt_bytes, 72668 * 1024);
	assert_int_equal(kill->anon_bytes, 32824 * 1024);
	assert_int_equal(kill->file_bytes, 1856 * 1024);
	assert_int_equal(kill->shmem_bytes, 4 * 1024);
	assert_int_equal(kill->page_table_bytes, 112 * 1024);
	assert_int_equal(kill->adj, 1000);
	assert_int_equal(kill->holder_count, 2);
	assert_int_equal(kill->holders[0].pid, 23551);
	assert_int_equal(kill->holders[0].rss_bytes, 16738 * 4096);
	assert_int_equal(kill->holders[0].swap_bytes, 5 * 4096);
	assert_int_equal(kill->holders[0].page_table_bytes, 180224);
	assert_int_equal(kill->holders[1].adj, 1000);
	assert_true(span_is(kill->holders[1].name, "a ) total-vm:9kB b"));
	oom_log_done(&log);
}

/* Linux 6.1, without times, as in a file that dmesg -t wrote. */
static const char of_machine[] =
	"hog invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0\n"
	"[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name\n"
	"[    412]     0   412     5555       99    69632      100         -1000 sshd\n"
	"[    999]  1000   999   900000   800000  6553600        0             0 hog\n"
	"oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=hog,"
	"pid=999,uid=1000\n"
	"Out of memory: Killed process 999 (hog) total-vm:3600000kB, anon-rss:3200000kB, file-rss:0kB, shmem-rss:0kB, "
	"UID:1000 pgtables:6400kB oom_score_adj:0\n"
	"oom_reaper: reaped process 999 (hog), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB\n";

static void a_kill_of_the_machine_has_no_group(void **state)
{
	(void)state;
	struct oom_log log;

	oom_log_init(&log, 4096);
	feed(&log, of_group);
	feed(&log, of_machine);
	assert_int_equal(log.count, 2);
	const struct oom_kill *kill = &log.kills[1];
	assert_int_equal(kill->since_boot_ns, -1);
	assert_false(kill->in_group);
	assert_int_equal(kill->limit_bytes, -1);
	assert_int_equal(kill->holder_count, 2);
	assert_int_equal(kill->holders[0].adj, -1000);
	assert_int_equal(kill->holders[0].swap_bytes, 100 * 4096);
	assert_int_equal(kill->holders[1].rss_bytes, INT64_C(800000) * 4096);
	oom_log_done(&log);
}

static void a_report_without_its_head_says_what_it_can(void **state)
{
	(void)state;
	struct oom_log log;

	oom_log_init(&log, 4096);
	feed(&log, "[ 5.500000] Out of memory: Killed process 12 (a) b) total-vm:4kB, anon-rss:8kB\n");
	feed(&log, "[ 5.600000] Out of memory: Killed process x (b) total-vm:4kB\n");
	feed(&log, "[ 5.600000] Out of memory and no more\n");
	assert_int_equal(log.count, 1);
	assert_true(span_is(log.kills[0].name, "a) b"));
	assert_int_equal(log.kills[0].since_boot_ns, INT64_C(5500000000));
	assert_int_equal(log.kills[0].anon_bytes, 8192);
	assert_int_equal(log.kills[0].uid, -1);
	assert_int_equal(log.kills[0].page_table_bytes, -1);
	assert_int_equal(log.kills[0].asker.len, 0);
	oom_log_done(&log);
}

static void a_record_of_the_log_has_its_parts(void **state)
{
	(void)state;
	struct kmsg_record record = { .priority = 99 };

	assert_true(kmsg_parse(SPAN("6,339,5140900,-;NET: Registered; x\n SUBSYSTEM=net\n"), &record));
	assert_int_equal(record.priority, 6);
	assert_int_equal(record.since_boot_ns, INT64_C(5140900000));
	assert_true(span_is(record.text, "NET: Registered; x"));
	record.priority = 99;
	static const char *const wrong[] = {
		"", "6,339;x\n", "6,339,x,-;x\n", "a,1,1,-;x\n", "6,1,1,-;cut", "-6,1,1,-;x\n"
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(kmsg_parse(span_of(wrong[i]), &record));
	assert_int_equal(record.priority, 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kill_in_a_group_is_told_whole),
		cmocka_unit_test(a_kill_of_the_machine_has_no_group),
		cmocka_unit_test(a_report_without_its_head_says_what_it_can),
		cmocka_unit_test(a_record_of_the_log_has_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
