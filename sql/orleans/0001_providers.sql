-- What Orleans' ADO.NET providers need: a table of named queries, and behind them whatever the queries want.
-- Only orleansquery is found by name (Search Path=orleans); everything else is qualified, so the caller's search path never matters.
-- Column names are those that the providers read, case aside. Keys are text: the providers check no length, and a cut key would merge grains.

CREATE SCHEMA orleans;

CREATE TABLE orleans.orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

-- Membership: the version row is the only token of concurrency, and the lock that orders all changes of a cluster.

CREATE TABLE orleans.membership_version (
    deploymentid text PRIMARY KEY,
    version      integer NOT NULL DEFAULT 0
);

CREATE TABLE orleans.member (
    deploymentid text NOT NULL,
    address      text NOT NULL,
    port         integer NOT NULL,
    generation   integer NOT NULL,
    siloname     text NOT NULL,
    hostname     text NOT NULL,
    status       integer NOT NULL,
    proxyport    integer NOT NULL,
    suspecttimes text,
    starttime    timestamptz NOT NULL,
    iamalivetime timestamptz NOT NULL,    -- not indexed: heartbeats stay HOT
    PRIMARY KEY (deploymentid, address, port, generation)
) WITH (fillfactor = 50);

-- Lock, member, version, in this order: each early end leaves nothing behind, without a rollback.
CREATE FUNCTION orleans.insert_member(
    p_deployment text, p_address text, p_port integer, p_generation integer, p_silo text, p_host text,
    p_status integer, p_proxy integer, p_start timestamptz, p_alive timestamptz, p_version integer) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orleans.membership_version v WHERE v.deploymentid = p_deployment AND v.version = p_version FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO orleans.member (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
    VALUES (p_deployment, p_address, p_port, p_generation, p_silo, p_host, p_status, p_proxy, p_start, p_alive)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE orleans.membership_version v SET version = v.version + 1 WHERE v.deploymentid = p_deployment;
    RETURN true;
END $$;

CREATE FUNCTION orleans.update_member(
    p_deployment text, p_address text, p_port integer, p_generation integer,
    p_status integer, p_suspects text, p_alive timestamptz, p_version integer) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orleans.membership_version v WHERE v.deploymentid = p_deployment AND v.version = p_version FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE orleans.member m SET status = p_status, suspecttimes = p_suspects, iamalivetime = p_alive
    WHERE m.deploymentid = p_deployment AND m.address = p_address AND m.port = p_port AND m.generation = p_generation;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE orleans.membership_version v SET version = v.version + 1 WHERE v.deploymentid = p_deployment;
    RETURN true;
END $$;

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
    WITH added AS (
        INSERT INTO orleans.membership_version (deploymentid) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*) > 0 AS added FROM added
$$),
('InsertMembershipKey', $$
    SELECT orleans.insert_member(@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName,
                                 @Status, @ProxyPort, @StartTime, @IAmAliveTime, @Version)
$$),
('UpdateMembershipKey', $$
    SELECT orleans.update_member(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)
$$),
('UpdateIAmAlivetimeKey', $$
    UPDATE orleans.member SET iamalivetime = @IAmAliveTime
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
('MembershipReadAllKey', $$
    SELECT v.version, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime
    FROM orleans.membership_version v LEFT JOIN orleans.member m ON m.deploymentid = v.deploymentid
    WHERE v.deploymentid = @DeploymentId
$$),
('MembershipReadRowKey', $$
    SELECT v.version, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime
    FROM orleans.membership_version v LEFT JOIN orleans.member m
      ON m.deploymentid = v.deploymentid AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.deploymentid = @DeploymentId
$$),
('GatewaysQueryKey', $$
    SELECT address, proxyport, generation FROM orleans.member
    WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0
$$),
('DeleteMembershipTableEntriesKey', $$
    WITH members AS (DELETE FROM orleans.member WHERE deploymentid = @DeploymentId)
    DELETE FROM orleans.membership_version WHERE deploymentid = @DeploymentId
$$),
-- Run only where the next one is missing: it must be safe without the provider's own checks.
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM orleans.member
    WHERE deploymentid = @DeploymentId AND status = 6 AND iamalivetime < @IAmAliveTime AND starttime < @IAmAliveTime
      AND coalesce(suspecttimes, '') = ''
$$),
-- One dead silo, if it still is as the provider has read it.
('CleanupDefunctSiloEntryKey', $$
    DELETE FROM orleans.member
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
      AND status = 6 AND starttime = @StartTime AND iamalivetime = @IAmAliveTime
      AND coalesce(suspecttimes, '') = coalesce(@SuspectTimes, '')
$$);

-- Reminders. Versions come from a sequence: a reminder made anew is never mistaken for the one that was deleted.

CREATE SEQUENCE orleans.reminder_version AS integer CYCLE;

CREATE TABLE orleans.reminder (
    serviceid    text NOT NULL,
    grainid      text NOT NULL,
    remindername text NOT NULL,
    starttime    timestamptz NOT NULL,
    period       bigint NOT NULL,         -- milliseconds
    grainhash    integer NOT NULL,        -- an unsigned hash as its signed bits
    version      integer NOT NULL,
    PRIMARY KEY (serviceid, grainid, remindername)
) WITH (fillfactor = 80);
-- Every silo reads about 30 ranges of the ring at each refresh; without this each is a scan of the whole table.
CREATE INDEX reminder_ring ON orleans.reminder (serviceid, grainhash);

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $$
    INSERT INTO orleans.reminder AS r (serviceid, grainid, remindername, starttime, period, grainhash, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, nextval('orleans.reminder_version'))
    ON CONFLICT (serviceid, grainid, remindername) DO UPDATE
    SET starttime = excluded.starttime, period = excluded.period, grainhash = excluded.grainhash, version = excluded.version
    RETURNING r.version
$$),
('ReadReminderRowsKey', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder
    WHERE serviceid = @ServiceId AND grainid = @GrainId
$$),
('ReadReminderRowKey', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder
    WHERE serviceid = @ServiceId AND grainid = @GrainId AND remindername = @ReminderName
$$),
('ReadRangeRows1Key', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder
    WHERE serviceid = @ServiceId AND grainhash > @BeginHash AND grainhash <= @EndHash
$$),
-- The range that wraps. The halves never overlap; begin = end is the whole ring.
('ReadRangeRows2Key', $$
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder
    WHERE serviceid = @ServiceId AND grainhash > @BeginHash
    UNION ALL
    SELECT grainid, remindername, starttime, period, version FROM orleans.reminder
    WHERE serviceid = @ServiceId AND grainhash <= @EndHash
$$),
('DeleteReminderRowKey', $$
    WITH gone AS (
        DELETE FROM orleans.reminder
        WHERE serviceid = @ServiceId AND grainid = @GrainId AND remindername = @ReminderName AND version = @Version
        RETURNING 1)
    SELECT count(*) > 0 AS deleted FROM gone
$$),
('DeleteReminderRowsKey', $$
    DELETE FROM orleans.reminder WHERE serviceid = @ServiceId
$$);

-- Grain state. The key spans all seven columns (the hashes are part of the identity) with NULL equal to NULL:
-- two first writes at once leave one row, and the loser gets no version instead of a second row that nobody can load.

CREATE TABLE orleans.state (
    grainidhash            integer NOT NULL,
    grainidn0              bigint NOT NULL,
    grainidn1              bigint NOT NULL,
    graintypehash          integer NOT NULL,
    graintypestring        text NOT NULL,
    grainidextensionstring text,
    serviceid              text NOT NULL,
    payloadbinary          bytea,
    version                integer NOT NULL
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX state_key ON orleans.state
    (grainidhash, graintypehash, grainidn0, grainidn1, serviceid, graintypestring, grainidextensionstring) NULLS NOT DISTINCT;

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $$
    SELECT payloadbinary, version FROM orleans.state
    WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1
      AND serviceid = @ServiceId AND graintypestring = @GrainTypeString AND grainidextensionstring IS NOT DISTINCT FROM @GrainIdExtensionString
$$),
-- No version: only the first write may pass. A version: only the write that has read it. A conflict gives no row, never an error.
('WriteToStorageKey', $$
    WITH added AS (
        INSERT INTO orleans.state (grainidhash, grainidn0, grainidn1, graintypehash, graintypestring, grainidextensionstring, serviceid, payloadbinary, version)
        SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId, @PayloadBinary, 1
        WHERE @GrainStateVersion IS NULL
        ON CONFLICT DO NOTHING RETURNING version),
    changed AS (
        UPDATE orleans.state SET payloadbinary = @PayloadBinary, version = version + 1
        WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1
          AND serviceid = @ServiceId AND graintypestring = @GrainTypeString AND grainidextensionstring IS NOT DISTINCT FROM @GrainIdExtensionString
          AND version = @GrainStateVersion
        RETURNING version)
    SELECT version AS newgrainstateversion FROM added UNION ALL SELECT version FROM changed
$$),
('ClearStorageKey', $$
    UPDATE orleans.state SET payloadbinary = NULL, version = version + 1
    WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1
      AND serviceid = @ServiceId AND graintypestring = @GrainTypeString AND grainidextensionstring IS NOT DISTINCT FROM @GrainIdExtensionString
      AND version = @GrainStateVersion
    RETURNING version
$$),
('DeleteStorageKey', $$
    DELETE FROM orleans.state
    WHERE grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1
      AND serviceid = @ServiceId AND graintypestring = @GrainTypeString AND grainidextensionstring IS NOT DISTINCT FROM @GrainIdExtensionString
      AND version = @GrainStateVersion
    RETURNING version + 1 AS version
$$);
