#include "analysis/doctor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "analysis/doctor_rules.h"
#include "base/array.h"

struct finding *doctor_find(struct diagnosis *diagnosis, const struct rule *rule, enum severity severity,
                            const char *format, ...)
{
	struct buffer text = { 0 };
	va_list args;

	struct finding *more = array_room(diagnosis->findings, diagnosis->count, &diagnosis->capacity, sizeof *more);
	if (!more) {
		diagnosis->failed = true;
		return NULL;
	}
	diagnosis->findings = more;
	va_start(args, format);
	buffer_vformat(&text, format, args);
	va_end(args);
	struct finding *finding = &diagnosis->findings[diagnosis->count++];
	*finding = (struct finding){ .rule = rule->name,
		                     .meaning = rule->meaning,
		                     .more = rule->more,
		                     .severity = severity,
		                     .evidence = arena_copy(&diagnosis->arena, buffer_span(&text)) };
	diagnosis->failed |= text.failed;
	buffer_done(&text);
	return finding;
}

void finding_name(struct finding *finding, int64_t pid)
{
	if (!finding)
		return;
	if (finding->pid_count < FINDING_PIDS)
		finding->pids[finding->pid_count++] = pid;
	finding->meant++;
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	return (int)b->severity - (int)a->severity;
}

static void run(const struct rule *rules, size_t count, const struct patient *patient, struct diagnosis *diagnosis)
{
	for (size_t i = 0; i < count; i++)
		rules[i].look(patient, &rules[i], diagnosis);
	diagnosis->rules += count;
}

int doctor_examine(const struct patient *patient, struct diagnosis *ret)
{
	struct diagnosis diagnosis = { 0 };

	run(machine_rules, machine_rule_count, patient, &diagnosis);
	run(task_rules, task_rule_count, patient, &diagnosis);
	if (diagnosis.failed) {
		diagnosis_done(&diagnosis);
		return -ENOMEM;
	}
	if (diagnosis.count)
		qsort(diagnosis.findings, diagnosis.count, sizeof *diagnosis.findings, compare);
	*ret = diagnosis;
	return 0;
}

void diagnosis_done(struct diagnosis *diagnosis)
{
	free(diagnosis->findings);
	arena_done(&diagnosis->arena);
	*diagnosis = (struct diagnosis){ 0 };
}

const char *severity_name(enum severity severity)
{
	static const char *const names[] = { "note", "warning", "critical" };

	return names[severity];
}

void doctor_ask(struct request *request)
{
	static const uint8_t tasks[] = { TASK_pid,        TASK_ppid,      TASK_comm,     TASK_state,
		                         TASK_started_ns, TASK_rss_bytes, TASK_threads,  TASK_anon_bytes,
		                         TASK_file_bytes, TASK_wchan,     TASK_fd_count, TASK_fd_limit,
		                         TASK_read_ns };
	static const uint8_t machine[] = {
		MACHINE_mem_total_bytes,
		MACHINE_mem_available_bytes,
		MACHINE_swap_total_bytes,
		MACHINE_committed_bytes,
		MACHINE_commit_limit_bytes,
		MACHINE_overcommit_mode,
		MACHINE_swap_in_pages,
		MACHINE_swap_out_pages,
		MACHINE_memory_some_10s_percent,
		MACHINE_memory_full_10s_percent,
		MACHINE_slab_unreclaimable_bytes,
		MACHINE_page_tables_bytes,
		MACHINE_hugetlb_pages,
		MACHINE_hugetlb_free_pages,
		MACHINE_hugetlb_reserved_pages,
		MACHINE_hugetlb_page_bytes,
		MACHINE_oom_kills,
		MACHINE_threads_total,
		MACHINE_pid_max,
		MACHINE_threads_max,
		MACHINE_thp_enabled,
		MACHINE_thp_underused_splits,
		MACHINE_anon_huge_bytes,
	};

	for (size_t i = 0; i < sizeof tasks; i++)
		request_field(request, &request->fields, tasks[i]);
	for (size_t i = 0; i < sizeof machine; i++)
		request_machine(request, machine[i]);
}
