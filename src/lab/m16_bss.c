#include <link.h>

#include "lab/experiment.h"

enum { SIZE = 256 * 1024, PAGE = 4096, PAGES = SIZE / PAGE };

static volatile char zeroed[SIZE] __attribute__((aligned(PAGE)));

/* The program's own writable segment: how much less of it is in the file than in memory. */
static int visit(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_W)
			*(int64_t *)context += (int64_t)(info->dlpi_phdr[i].p_memsz - info->dlpi_phdr[i].p_filesz);
	return 1; /* the first one is the program */
}

static void act(struct stage *stage)
{
	int64_t only_in_memory = 0;

	dl_iterate_phdr(visit, &only_in_memory);
	stage_report(stage, "only in memory", only_in_memory);
	stage_mark(stage, "untouched");
	for (int i = 0; i < SIZE; i += PAGE)
		zeroed[i] = 1;
	stage_mark(stage, "written");
}

static const struct claim claims[] = {
	{ N_("the file has no bytes for it"), N_("at least 256 KiB less in the file than in memory"),
	  REPORT_OF("only in memory", BYTES), AT_LEAST(SIZE) },
	{ N_("written to, it takes RAM"), N_("256 KiB"), CHANGE_OF(smaps_rss_bytes, "untouched", "written"),
	  BETWEEN(SIZE - 8 * PAGE, SIZE + 8 * PAGE) },
	{ N_("a page at a time"), N_("256 KiB / 4 KiB = 64"), CHANGE_OF(minor_faults, "untouched", "written"),
	  BETWEEN(PAGES - 1, PAGES + 16) },
	{ N_("its addresses were there from the start"), N_("0"), CHANGE_OF(virt_bytes, "untouched", "written"),
	  EXACTLY(0) },
};

EXPERIMENT(m16_bss) = {
	.id = "M16",
	.name = "bss",
	.theme = LAB_MEMORY,
	.milliseconds = 100,
	.question = N_("What does a large zeroed array cost?"),
	.theory = N_("Variables that begin as zero are in no file: the executable only says how long the area (bss) "
	             "is, and the kernel maps zeroes there. So it costs no disk, and no RAM either until it is "
	             "written to, page by page."),
	.watch = N_("RES grows by the array when it is written to; VIRT had it all along."),
	.act = act,
	CLAIMS(claims),
	.file = "m16_bss.c",
};
