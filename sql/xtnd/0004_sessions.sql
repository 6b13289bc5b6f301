-- Who is signed in on the page, links that sign in once, and the indexes of the page's list of connections and of its overview.

-- The browser holds 'id + secret' in a cookie; only the SHA-256 of the secret is kept.
CREATE TABLE xtnd.session (
    id           uuid PRIMARY KEY,
    tenant_id    uuid REFERENCES xtnd.tenant ON DELETE CASCADE,       -- null: the platform's
    role         text NOT NULL CHECK (role IN ('platform', 'owner', 'operator', 'viewer')),
    key_id       uuid REFERENCES xtnd.api_key ON DELETE CASCADE,      -- the key it was begun with, and ends with
    subject      text,                                                -- who it is for the identity provider; null: signed in with a key or a link
    name         text NOT NULL,                                       -- for people
    hash         bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,                                -- moves with last_seen_at, up to a limit
    revoked_at   timestamptz,
    CHECK ((tenant_id IS NULL) = (role = 'platform'))
);
CREATE INDEX session_tenant ON xtnd.session (tenant_id);
CREATE INDEX session_key ON xtnd.session (key_id);
CREATE INDEX session_age ON xtnd.session (expires_at);

CREATE TABLE xtnd.sign_in_link (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL REFERENCES xtnd.tenant ON DELETE CASCADE,
    role       text NOT NULL CHECK (role IN ('owner', 'operator', 'viewer')),
    key_id     uuid REFERENCES xtnd.api_key ON DELETE CASCADE,        -- the key that made it, and that its session ends with; null: the platform's
    hash       bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX sign_in_link_tenant ON xtnd.sign_in_link (tenant_id);
CREATE INDEX sign_in_link_key ON xtnd.sign_in_link (key_id);
CREATE INDEX sign_in_link_age ON xtnd.sign_in_link (expires_at);

CREATE INDEX connection_name ON xtnd.connection (tenant_id, lower(name), id);

-- The overview counts what runs changed, and names those that failed, without reading the others.
CREATE INDEX run_changes ON xtnd.run (tenant_id, finished_at) INCLUDE (inserted, updated, deleted)
    WHERE finished_at IS NOT NULL AND inserted + updated + deleted > 0;
CREATE INDEX run_failed ON xtnd.run (tenant_id, finished_at) WHERE state = 'failed';
CREATE INDEX completeness_differs ON xtnd.completeness (tenant_id) WHERE state = 'differs';
