"""The journal: every fact of a check, on the disk in order. How it works, in one view:

::

    kiosk's loop                      the writer's thread                    mtc.db
    ------------                      -------------------                    ------
    Journal.begin / keep --Batch-->   WriterThread: a queue
      returns a ticket at once        takes every batch that waits
                                      BatchWriter.write: one transaction --> attempt   one row an attempt
                                        for each fact:                       event     one row a fact, with its hash
                                        the row, what follows from it,       answer    one row a showing
                                        and the hooks of the school half     feedback, assistant; pin, record ...
    Journal.news <--Kept(ticket)---   committed (WAL, synchronous=FULL)
                 <--Trouble--------   the disk refused: kept in memory, tried again every 0.25 s
                 <--Recovered------   everything that waited is on the disk
                 <--RowRejected----   the database refused a row: it is in the table ``refused``
    load_attempt, unfinished  <---------------- reads on a connection of its own: rows -> facts -> check.replay

``batch`` has the values that are handed over, ``news`` those that come back, ``attempts`` the reading, ``hooks`` what
the school half may add. The rules:

1. The loop never waits for the disk. It hands over facts and goes on; only the end of the program waits (``close``).
2. All facts of one transition of the machine are written together, or none of them, in the order they were handed over.
3. Events are only ever added. Each row's hash covers the row and the hash before it (``record.chain``), so that a
   changed or missing row shows.
4. ``Kept`` means on the disk. The machine counts on it: an answer that is not kept when its pause ends lengthens the
   pause, and after 2 seconds the check is held (``check.deadline``, ``check.expiry``).
5. A write that fails is reported once, stays in memory and is tried again until it succeeds. Trying again is safe: the
   failed transaction left nothing, and a connection that may be at fault is replaced.
6. A row that the database itself refuses blocks no other attempt. Its attempt's batches are held back, in order, while
   staff can still act; once the loop has moved on, they go to ``refused``.
7. Events are the record. If a row that follows from them (an answer, a hook's row) is refused, they are kept all the
   same, and the fault is reported.
8. What a hook writes is in the same transaction as the fact it follows: a check's end and its record appear together.
9. Reading repairs nothing: rows without the shape they were written with are refused (``Unreadable``).
10. The journal knows ``check`` and ``record``; it knows no pupil's name, no session and no school.
"""
