using Splitrail.Local.Sidecar.Storage;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>Removes what nobody will ask for again: messages that every group has acknowledged, expired ones, and the oldest of topics without a group.</summary>
internal sealed class BrokerTrim(SqliteLog log, TimeProvider time)
{
    /// <summary>Small enough that publishers do not feel the transaction.</summary>
    private const int Batch = 2000;

    /// <returns>Messages removed.</returns>
    public async Task<int> RunAsync(TopicName topic, int longestUnread)
    {
        var removed = 0;
        int count;
        do
        {
            count = await log.WriteAsync(session => Acknowledged(session, topic) + Expired(session, topic) + Unread(session, topic, longestUnread)).ConfigureAwait(false);
            removed += count;
        }
        while (count >= Batch);
        return removed;
    }

    private static int Acknowledged(SqliteSession session, TopicName topic) => session.Execute(
        """
        DELETE FROM messages WHERE id IN (
            SELECT m.id FROM messages m WHERE m.pubsub = $0 AND m.topic = $1
                AND m.id <= COALESCE((SELECT MIN(g.cursor) FROM groups g WHERE g.pubsub = $0 AND g.topic = $1), 0)
                AND NOT EXISTS (SELECT 1 FROM groups g JOIN pending p ON p.pubsub = g.pubsub AND p.topic = g.topic AND p.app_id = g.app_id AND p.message_id = m.id
                    WHERE g.pubsub = $0 AND g.topic = $1)
            ORDER BY m.id LIMIT $2)
        """,
        topic.PubsubName, topic.Topic, Batch);

    private static int Unread(SqliteSession session, TopicName topic, int longest) => session.Execute(
        """
        DELETE FROM messages WHERE id IN (
            SELECT m.id FROM messages m WHERE m.pubsub = $0 AND m.topic = $1
                AND NOT EXISTS (SELECT 1 FROM groups g WHERE g.pubsub = $0 AND g.topic = $1)
            ORDER BY m.id DESC LIMIT $2 OFFSET $3)
        """,
        topic.PubsubName, topic.Topic, Batch, longest);

    /// <summary>One that is being handled is left to its handler.</summary>
    private int Expired(SqliteSession session, TopicName topic) => session.Execute(
        """
        DELETE FROM messages WHERE id IN (
            SELECT m.id FROM messages m WHERE m.pubsub = $0 AND m.topic = $1 AND m.expires_ms <= $2
                AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.pubsub = $0 AND p.topic = $1 AND p.message_id = m.id) LIMIT $3)
        """,
        topic.PubsubName, topic.Topic, time.GetUtcNow().ToUnixTimeMilliseconds(), Batch);
}
