using Splitrail.Local.Sidecar.Storage;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>
/// The durable log of all topics. A group is an app id: it has a cursor and a list of what was handed out and not yet acknowledged; replicas compete for both.
/// A lease that runs out is handed out again, so a killed subscriber loses nothing.
/// </summary>
internal sealed class BrokerLog(SqliteLog log, TimeProvider time)
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS messages(
            id INTEGER PRIMARY KEY AUTOINCREMENT, pubsub TEXT NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL, metadata TEXT NOT NULL,
            published_ms INTEGER NOT NULL, expires_ms INTEGER);
        CREATE INDEX IF NOT EXISTS messages_by_topic ON messages(pubsub, topic, id);
        CREATE TABLE IF NOT EXISTS groups(pubsub TEXT NOT NULL, topic TEXT NOT NULL, app_id TEXT NOT NULL, cursor INTEGER NOT NULL, PRIMARY KEY(pubsub, topic, app_id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS pending(
            pubsub TEXT NOT NULL, topic TEXT NOT NULL, app_id TEXT NOT NULL, message_id INTEGER NOT NULL, attempt INTEGER NOT NULL, due_ms INTEGER NOT NULL,
            PRIMARY KEY(pubsub, topic, app_id, message_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS pending_by_due ON pending(pubsub, topic, app_id, due_ms);
        """;

    private const string Insert = "INSERT INTO messages(pubsub, topic, payload, metadata, published_ms, expires_ms) VALUES($0, $1, $2, $3, $4, $5)";

    private const string Forget = "DELETE FROM pending WHERE pubsub = $0 AND topic = $1 AND app_id = $2 AND message_id = $3";

    /// <summary>Changes with every commit of anybody.</summary>
    public long Version() => log.Version();

    /// <summary>Answers when the message is on disk for good.</summary>
    public Task PublishAsync(TopicName topic, byte[] payload, string metadata, TimeSpan? timeToLive) => log.WriteAsync(session =>
        session.Execute(Insert, topic.PubsubName, topic.Topic, payload, metadata, Now, timeToLive is { } span ? Now + (long)span.TotalMilliseconds : null));

    /// <summary>A new group starts at the beginning of what is still kept, as on Redis.</summary>
    public Task EnsureGroupAsync(TopicName topic, string appId) => log.WriteAsync(session => session.Execute(
        "INSERT INTO groups(pubsub, topic, app_id, cursor) VALUES($0, $1, $2, 0) ON CONFLICT DO NOTHING", topic.PubsubName, topic.Topic, appId));

    /// <summary>Whether <see cref="LeaseAsync"/> would find anything; asks without writing.</summary>
    public bool HasWork(TopicName topic, string appId) => log.Read(session => session.Number(
        """
        SELECT EXISTS(SELECT 1 FROM pending WHERE pubsub = $0 AND topic = $1 AND app_id = $2 AND due_ms <= $3)
            OR EXISTS(SELECT 1 FROM messages WHERE pubsub = $0 AND topic = $1
                AND id > COALESCE((SELECT cursor FROM groups WHERE pubsub = $0 AND topic = $1 AND app_id = $2), 0))
        """,
        topic.PubsubName, topic.Topic, appId, Now)) != 0;

    /// <summary>Hands out at most <paramref name="count"/> messages: overdue ones first, then new ones.</summary>
    public Task<IReadOnlyList<BrokerMessage>> LeaseAsync(TopicName topic, string appId, int count, TimeSpan lease) => log.WriteAsync<IReadOnlyList<BrokerMessage>>(session =>
    {
        var due = Now + (long)lease.TotalMilliseconds;
        List<BrokerMessage> messages = Overdue(session, topic, appId, count);
        foreach (var message in messages)
        {
            session.Execute(
                "UPDATE pending SET attempt = $4, due_ms = $5 WHERE pubsub = $0 AND topic = $1 AND app_id = $2 AND message_id = $3",
                topic.PubsubName, topic.Topic, appId, message.Id, message.Attempt, due);
        }

        var fresh = messages.Count < count ? Fresh(session, topic, appId, count - messages.Count) : [];
        foreach (var message in fresh)
        {
            session.Execute(
                "INSERT INTO pending(pubsub, topic, app_id, message_id, attempt, due_ms) VALUES($0, $1, $2, $3, 1, $4)",
                topic.PubsubName, topic.Topic, appId, message.Id, due);
        }

        if (fresh.Count > 0)
        {
            session.Execute(
                "UPDATE groups SET cursor = $3 WHERE pubsub = $0 AND topic = $1 AND app_id = $2", topic.PubsubName, topic.Topic, appId, fresh[^1].Id);
        }

        messages.AddRange(fresh);
        return messages;
    });

    public Task AcknowledgeAsync(TopicName topic, string appId, long id) =>
        log.WriteAsync(session => session.Execute(Forget, topic.PubsubName, topic.Topic, appId, id));

    /// <summary>Hands the message out again after <paramref name="delay"/>.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="appId">The group.</param>
    /// <param name="id">The message.</param>
    /// <param name="delay">From now.</param>
    /// <param name="uncounted">The attempt did not reach the app and does not count.</param>
    public Task ReturnAsync(TopicName topic, string appId, long id, TimeSpan delay, bool uncounted) => log.WriteAsync(session => session.Execute(
        "UPDATE pending SET due_ms = $4, attempt = attempt - $5 WHERE pubsub = $0 AND topic = $1 AND app_id = $2 AND message_id = $3",
        topic.PubsubName, topic.Topic, appId, id, Now + (long)delay.TotalMilliseconds, uncounted ? 1 : 0));

    /// <summary>Keeps messages that are being handled from being handed out elsewhere.</summary>
    public Task RenewAsync(TopicName topic, string appId, IReadOnlyCollection<long> ids, TimeSpan lease) => log.WriteAsync(session =>
    {
        var due = Now + (long)lease.TotalMilliseconds;
        return ids.Sum(id => session.Execute(
            "UPDATE pending SET due_ms = $4 WHERE pubsub = $0 AND topic = $1 AND app_id = $2 AND message_id = $3", topic.PubsubName, topic.Topic, appId, id, due));
    });

    /// <summary>Moves the message to the dead letters in one transaction; the bytes stay the same.</summary>
    public Task BuryAsync(TopicName topic, string appId, BrokerMessage message, string deadLetterTopic) => log.WriteAsync(session =>
    {
        session.Execute(Insert, topic.PubsubName, deadLetterTopic, message.Payload, message.Metadata, Now, null);
        return session.Execute(Forget, topic.PubsubName, topic.Topic, appId, message.Id);
    });

    private static List<BrokerMessage> Fresh(SqliteSession session, TopicName topic, string appId, int count)
    {
        using var rows = session.Query(
            """
            SELECT id, payload, metadata FROM messages WHERE pubsub = $0 AND topic = $1
                AND id > (SELECT cursor FROM groups WHERE pubsub = $0 AND topic = $1 AND app_id = $2)
            ORDER BY id LIMIT $3
            """,
            topic.PubsubName, topic.Topic, appId, count);
        List<BrokerMessage> messages = [];
        while (rows.Read())
            messages.Add(new BrokerMessage(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2), 1));
        return messages;
    }

    private List<BrokerMessage> Overdue(SqliteSession session, TopicName topic, string appId, int count)
    {
        using var rows = session.Query(
            """
            SELECT m.id, m.payload, m.metadata, p.attempt FROM pending p JOIN messages m ON m.id = p.message_id
            WHERE p.pubsub = $0 AND p.topic = $1 AND p.app_id = $2 AND p.due_ms <= $3 ORDER BY p.due_ms, p.message_id LIMIT $4
            """,
            topic.PubsubName, topic.Topic, appId, Now, count);
        List<BrokerMessage> messages = [];
        while (rows.Read())
            messages.Add(new BrokerMessage(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2), rows.GetInt32(3) + 1));
        return messages;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
