-- Tenants, keys, connections, schedules, runs and cursors. Every table leads with the tenant: a statement without it is a bug.

CREATE SCHEMA IF NOT EXISTS xtnd;

CREATE TABLE xtnd.tenant (
    id            uuid PRIMARY KEY,
    name          text NOT NULL,
    created_at    timestamptz NOT NULL,
    erasing_since timestamptz            -- set by DELETE /tenants/{id}; the sweeper finishes what a crash interrupted
);

-- An API key is 'xtnd_' + key id + secret; only the SHA-256 of the secret is kept.
CREATE TABLE xtnd.api_key (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL REFERENCES xtnd.tenant ON DELETE CASCADE,
    name       text NOT NULL,
    role       text NOT NULL CHECK (role IN ('owner', 'operator', 'viewer')),
    hash       bytea NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_key_tenant ON xtnd.api_key (tenant_id, id);

-- Written by the connection grain alone, read by everyone.
CREATE TABLE xtnd.connection (
    tenant_id      uuid NOT NULL REFERENCES xtnd.tenant,
    id             uuid NOT NULL,
    system         text NOT NULL,
    name           text NOT NULL,
    api_url        text NOT NULL,        -- as typed
    base_address   text NOT NULL,        -- as used
    access_token   text NOT NULL,        -- Magento: the user name
    sealed_secret  bytea NOT NULL,       -- ASP.NET Core Data Protection
    time_zone      text,                 -- IANA; null: the store's own, else UTC
    status         text NOT NULL CHECK (status IN ('unverified', 'verified', 'failing', 'paused')),
    status_reason  text,
    verified_at    timestamptz,
    store          jsonb,                -- what the store says of itself
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    deleting_since timestamptz,
    version        bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id)
);

-- Written by the entity's schedule grain alone. No row: the system's default, inactive.
CREATE TABLE xtnd.schedule (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    frequency     text NOT NULL CHECK (frequency IN ('hourly', 'daily', 'weekly')),
    active        boolean NOT NULL,
    start_date    date NOT NULL,
    time_of_day   time NOT NULL,
    time_zone     text,                  -- IANA; null: the connection's
    armed_zone    text,                  -- the zone that next_due_at was computed in
    next_due_at   timestamptz,           -- null: inactive
    version       bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, connection_id, entity),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);
CREATE INDEX schedule_due ON xtnd.schedule (next_due_at) WHERE next_due_at IS NOT NULL;

-- What became of each due slot. The key makes it impossible to decide one twice.
CREATE TABLE xtnd.slot (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    entity        text NOT NULL,
    due_at        timestamptz NOT NULL,
    outcome       text NOT NULL CHECK (outcome IN ('ran', 'late', 'skipped_running', 'caught_up', 'skipped_paused')),
    run_id        uuid,
    delay_seconds integer NOT NULL,
    PRIMARY KEY (tenant_id, connection_id, entity, due_at),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);

CREATE TABLE xtnd.run (
    tenant_id     uuid NOT NULL,
    connection_id uuid NOT NULL,
    id            uuid NOT NULL,         -- version 7: ordered by time
    entity        text NOT NULL,
    mode          text NOT NULL CHECK (mode IN ('incremental', 'full')),
    trigger       text NOT NULL CHECK (trigger IN ('schedule', 'manual', 'catch_up')),
    since         timestamptz,           -- the incremental start a person asked for
    state         text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    cancel_asked  boolean NOT NULL DEFAULT false,
    queued_at     timestamptz NOT NULL,
    started_at    timestamptz,
    finished_at   timestamptz,
    pages         bigint NOT NULL DEFAULT 0,
    seen          bigint NOT NULL DEFAULT 0,
    inserted      bigint NOT NULL DEFAULT 0,
    updated       bigint NOT NULL DEFAULT 0,
    unchanged     bigint NOT NULL DEFAULT 0,
    deleted       bigint NOT NULL DEFAULT 0,
    quarantined   bigint NOT NULL DEFAULT 0,
    requests      bigint NOT NULL DEFAULT 0,
    retries       bigint NOT NULL DEFAULT 0,
    bytes         bigint NOT NULL DEFAULT 0,
    total         bigint,                -- records the store says there are to read
    resumes       integer NOT NULL DEFAULT 0,
    error_code    text,
    error_message text,
    error_cure    text,
    PRIMARY KEY (tenant_id, connection_id, id),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);
-- One run of an entity at a time, whatever the cluster believes.
CREATE UNIQUE INDEX run_active ON xtnd.run (tenant_id, connection_id, entity) WHERE state IN ('queued', 'running');
CREATE INDEX run_entity ON xtnd.run (tenant_id, connection_id, entity, id DESC);

-- Where the reading of one entity stands. Moves in the same transaction as the records; every write checks the epoch.
CREATE TABLE xtnd.cursor (
    tenant_id      uuid NOT NULL,
    connection_id  uuid NOT NULL,
    entity         text NOT NULL,
    epoch          bigint NOT NULL DEFAULT 0, -- taken anew by each start of the run's loop
    run_id         uuid,                 -- the run that is under way; null between runs
    after_id       text,                 -- the last id committed in this run; null: none yet
    changed_since  timestamptz,          -- the run's window starts here, by the store's clock; null: everything
    next_watermark timestamptz,          -- becomes the watermark when the run's last page is committed
    watermark      timestamptz,          -- everything changed before this, by the store's clock, is held; null: never read whole
    last_seq       bigint NOT NULL DEFAULT 0, -- the highest change number handed out
    held           bigint NOT NULL DEFAULT 0, -- records held and not deleted
    deleted        bigint NOT NULL DEFAULT 0, -- tombstones
    fresh_at       timestamptz,          -- start of the last run that succeeded
    PRIMARY KEY (tenant_id, connection_id, entity),
    FOREIGN KEY (tenant_id, connection_id) REFERENCES xtnd.connection ON DELETE CASCADE
);

-- Answers to calls with an Idempotency-Key, for a day.
CREATE TABLE xtnd.idempotency (
    scope        text NOT NULL,          -- who called: 'platform' or the key's tenant
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    status       integer,                -- null while the first call is under way
    headers      jsonb,
    body         bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_age ON xtnd.idempotency (created_at);

-- The Data Protection key ring; outside development each key is itself sealed by Xtnd:Secrets:MasterKey.
CREATE TABLE xtnd.data_protection_key (
    name       text PRIMARY KEY,
    xml        text NOT NULL,
    created_at timestamptz NOT NULL
);
