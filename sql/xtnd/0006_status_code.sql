-- What a connection's status_reason is about, as the stable code of a failure: for programs, and for pages in other languages. Null: no failure, or a person's note.

ALTER TABLE xtnd.connection ADD COLUMN status_code text;
