-- What tables and columns hold, for whoever looks into a database, and the journal as JSON. Run by the owner.
COMMENT ON TABLE journal IS 'Every input and event of this service, in the order of its partition; append-only (docs/entry.md)';
COMMENT ON COLUMN journal.partition IS 'Kafka''s murmur2 over the stream, of {partitions}';
COMMENT ON COLUMN journal.position IS '1, 2, 3, ... without a gap';
COMMENT ON COLUMN journal.stream IS 'Of what it speaks: a kind, a slash, an id';
COMMENT ON COLUMN journal.kind IS 'input or event';
COMMENT ON COLUMN journal.type IS 'The name of the command or the event';
COMMENT ON COLUMN journal.recorded IS 'When it was recorded, by this server''s clock';
COMMENT ON COLUMN journal.traceparent IS 'W3C Trace Context';
COMMENT ON COLUMN journal.chain IS 'SHA-256 over the chain before it, then the value';
COMMENT ON COLUMN journal.value IS 'The document, byte for byte as on the topic; the view entries shows it as JSON';

COMMENT ON TABLE counters IS 'The end of each partition of the journal; its row lock makes commit order position order';
COMMENT ON COLUMN counters.partition IS 'Of the journal';
COMMENT ON COLUMN counters.position IS 'Of the last entry';
COMMENT ON COLUMN counters.chain IS 'Of the last entry';
COMMENT ON COLUMN counters.recorded IS 'Of the last entry';
COMMENT ON COLUMN counters.shape IS 'The version of the states; a process of another one does not write';

COMMENT ON TABLE states IS 'What each stream has come to; it follows from the journal and can be folded anew';
COMMENT ON COLUMN states.stream IS 'Its kind, a slash, its id';
COMMENT ON COLUMN states.partition IS 'Of the journal';
COMMENT ON COLUMN states.sequence IS 'How many entries the stream has';
COMMENT ON COLUMN states.state IS 'JSON; fields at their default are left out';
COMMENT ON COLUMN states.open IS 'Acts that are needed next; where they are at several places, each also with its own: act@place';
COMMENT ON COLUMN states.place IS 'Where, if that is one place';
COMMENT ON COLUMN states.due IS 'The next deadline';

COMMENT ON TABLE receipts IS 'Which key was answered by which entries';
COMMENT ON COLUMN receipts.client IS 'Whose key it is';
COMMENT ON COLUMN receipts.key IS 'As the client sent it';
COMMENT ON COLUMN receipts.requesthash IS 'SHA-256 over what was sent under it';
COMMENT ON COLUMN receipts.partition IS 'Of the journal';
COMMENT ON COLUMN receipts.position IS 'Of the input';
COMMENT ON COLUMN receipts.size IS 'The input and what it led to, counted';

COMMENT ON TABLE fences IS 'How far each partition of each upstream was applied here';
COMMENT ON COLUMN fences.upstream IS 'The service that is heard';
COMMENT ON COLUMN fences.partition IS 'The same of the upstream and of the own journal';
COMMENT ON COLUMN fences.position IS 'Of the last entry that was applied';
COMMENT ON COLUMN fences.chain IS 'Of that entry';
COMMENT ON COLUMN fences.offset_next IS 'Where in Kafka to look for the next one';

COMMENT ON TABLE agenda IS 'Commands that one stream of this service tells another, until they are recorded';
COMMENT ON COLUMN agenda.partition IS 'Of the stream that is told';
COMMENT ON COLUMN agenda.key IS 'The telling entry, and a number';
COMMENT ON COLUMN agenda.due IS 'From when it may be recorded';
COMMENT ON COLUMN agenda.stream IS 'That is told';
COMMENT ON COLUMN agenda.type IS 'The name of the command';
COMMENT ON COLUMN agenda.data IS 'The command, as JSON';
COMMENT ON COLUMN agenda.occurred IS 'When it happened';
COMMENT ON COLUMN agenda.causationid IS 'The telling entry';
COMMENT ON COLUMN agenda.correlationid IS 'The input at the head of all causes';
COMMENT ON COLUMN agenda.traceparent IS 'W3C Trace Context';
COMMENT ON COLUMN agenda.authid IS 'Whose act led to it';
COMMENT ON COLUMN agenda.authtype IS 'A user, a service''s account, or the service itself';
COMMENT ON COLUMN agenda.authrole IS 'In which role';
COMMENT ON COLUMN agenda.authparty IS 'For which party: its number';
COMMENT ON COLUMN agenda.authpartyissuer IS 'Who gave the party its number';
COMMENT ON COLUMN agenda.authplaces IS 'At which places: their codes, joined by commas';
COMMENT ON COLUMN agenda.turn IS 'Of what is due at the same moment, what was told first comes first';

COMMENT ON TABLE cursors IS 'How far each partition was written to the topic, and by whom';
COMMENT ON COLUMN cursors.partition IS 'Of the journal and of the topic';
COMMENT ON COLUMN cursors.position IS 'Of the last entry on the topic';
COMMENT ON COLUMN cursors.holder IS 'The process that writes it';
COMMENT ON COLUMN cursors.until IS 'Until when, unless it says so again';

COMMENT ON TABLE parked IS 'Records of upstreams that could not be decided, and those behind them on their streams';
COMMENT ON COLUMN parked.partition IS 'Of the journal';
COMMENT ON COLUMN parked.position IS 'Of the entry that parked it';
COMMENT ON COLUMN parked.stream IS 'That waits';
COMMENT ON COLUMN parked.record IS 'The id of the upstream''s entry';
COMMENT ON COLUMN parked.cause IS 'Why it could not be decided';
COMMENT ON COLUMN parked.value IS 'The upstream''s document';

CREATE OR REPLACE VIEW entries AS
SELECT partition, position, stream, kind, type, recorded, convert_from(value, 'UTF8')::jsonb AS document
FROM journal;
COMMENT ON VIEW entries IS 'The journal, with its documents as JSON: for looking, not for verifying, since JSON orders names anew';
