"""Sentences of rollup, and of long work over many plans."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # bars
    "progress_folders": ("อ่านแผน", "Reading plans"),
    "progress_partitions": ("เขียนชุดข้อมูล", "Writing the data set"),
    # what was done
    "rollup_counts": (
        "แผน {plans} แฟ้ม ใน {folders} โฟลเดอร์ · {obligations} รายการ ณ วันที่ {today}",
        (
            "{plans} plan{plans:|s} in {folders} folder{folders:|s} · "
            "{obligations} obligation{obligations:|s} as of {today}"
        ),
    ),
    "rollup_status": ("{status} {count}", "{status} {count}"),
    "rollup_folders": (
        "อ่านใหม่ {expanded} โฟลเดอร์ · ไม่เปลี่ยน {unchanged}",
        "{expanded} folder{expanded:|s} read anew · {unchanged} unchanged",
    ),
    "rollup_gone": ("หายไป {count}", "{count} gone"),
    "rollup_faulty": ("มีข้อผิดพลาด {count}", "{count} with faults"),
    "rollup_wrote": (
        "ชุดข้อมูลใน {out}: {partitions} ส่วน (ปีงบประมาณและจังหวัด) เขียนใหม่ {written}",
        "data set in {out}: {partitions} partition{partitions:|s} (fiscal year and province), {written} written anew",
    ),
    # what went wrong
    "rollup_no_plans": ("ไม่พบแผนในโฟลเดอร์ที่ให้มา", "there is no plan below the folders given"),
    "rollup_plan_option": (
        "rollup อ่านทุกแผนในโฟลเดอร์ที่ให้มา ใช้ --plan ด้วยไม่ได้",
        "rollup reads every plan below the folders given; --plan has no part in it",
    ),
    "rollup_in_itself": (
        "{folder} อยู่ใน {out} ซึ่งเป็นที่ของชุดข้อมูล ให้บอก --out ที่อื่น",
        "{folder} lies in {out}, the data set's place; name another --out",
    ),
    "rollup_locked": (
        "มี ustm rollup อื่นกำลังเขียน {out} อยู่ ลองอีกครั้งเมื่อเสร็จ",
        "another ustm rollup is writing {out}; try again when it is done",
    ),
    "rollup_needs": (
        "rollup ต้องใช้ {what} แต่ยังไม่ได้ติดตั้ง: pip install 'ustm[{extra}]'",
        "rollup needs {what}, which is not installed: pip install 'ustm[{extra}]'",
    ),
    "rollup_process_lost": (
        "กระบวนการที่ช่วยอ่านแผนหยุดกลางคัน (หน่วยความจำหมด?) ชุดข้อมูลเดิมยังอยู่ครบ",
        "a process that read plans ended before its work (out of memory?); the old data set is whole",
    ),
    "rollup_no_cluster": (
        "ติดต่อ Dask ที่ {address} ไม่ได้: {problem}",
        "cannot reach Dask at {address}: {problem}",
    ),
    "rollup_no_workers": ("Dask ที่ {address} ไม่มี worker", "Dask at {address} has no worker"),
    "rollup_unseen": (
        "worker ของ Dask ไม่เห็นโฟลเดอร์ {folder} ทุกเครื่องต้องเห็นแผนและชุดข้อมูลด้วยชื่อเดียวกัน",
        "a Dask worker cannot see the folder {folder}; all must see plans and data set under the same name",
    ),
    "rollup_other_program": (
        "scheduler หรือ worker ของ Dask ไม่มี ustm[rollup-dask] รุ่นเดียวกับที่นี่",
        "the Dask scheduler or a worker has not the same ustm[rollup-dask] as here",
    ),
    "rollup_cluster_lost": (
        "Dask ที่ {address} หยุดกลางคัน: {problem} ชุดข้อมูลเดิมยังอยู่ครบ",
        "Dask at {address} ended before its work: {problem}; the old data set is whole",
    ),
}

HELP: dict[str, str] = {
    "รวมแผนของหลายสำนักงานเป็นชุดข้อมูล Parquet ชุดเดียว": "Roll the plans of many offices up into one Parquet data set.",
    "โฟลเดอร์ที่มีแผน อยู่ลึกเท่าใดก็ได้": "folders with plans, however deep they lie",
    "โฟลเดอร์ของชุดข้อมูล": "the data set's folder",
    "ให้ Dask ที่อยู่นี้ช่วยทำ เช่น tcp://10.0.0.1:8786": "let the Dask cluster at this address do the work",
}
