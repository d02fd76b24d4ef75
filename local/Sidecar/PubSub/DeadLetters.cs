using System.Text.Json;
using Splitrail.Local.Sidecar.Storage;

namespace Splitrail.Local.Sidecar.PubSub;

/// <param name="PubsubName">The component.</param>
/// <param name="Topic">The dead-letter topic.</param>
/// <param name="Count">Messages in it.</param>
internal sealed record DeadLetterCount(string PubsubName, string Topic, long Count);

/// <summary>Looks into dead-letter topics and sends their messages back to the topic they failed on. Every subscriber of it gets them again: handlers are idempotent.</summary>
internal sealed class DeadLetters(SqliteLog log, TimeProvider time)
{
    private const int Batch = 500;

    public IReadOnlyList<DeadLetterCount> Count() => log.Read(session =>
    {
        using var rows = session.Query("SELECT pubsub, topic, COUNT(*) FROM messages WHERE topic LIKE '%-dead' GROUP BY pubsub, topic ORDER BY pubsub, topic");
        List<DeadLetterCount> counts = [];
        while (rows.Read())
            counts.Add(new DeadLetterCount(rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        return counts;
    });

    /// <summary>Moves all messages of a dead-letter topic back; a message is in one of both places at any moment.</summary>
    /// <returns>How many were moved.</returns>
    public async Task<int> ReplayAsync(string pubsub, string deadLetterTopic)
    {
        var moved = 0;
        int count;
        do
        {
            count = await log.WriteAsync(session => Move(session, pubsub, deadLetterTopic)).ConfigureAwait(false);
            moved += count;
        }
        while (count == Batch);
        return moved;
    }

    private int Move(SqliteSession session, string pubsub, string deadLetterTopic)
    {
        List<(long Id, byte[] Payload, string Metadata)> messages = [];
        using (var rows = session.Query("SELECT id, payload, metadata FROM messages WHERE pubsub = $0 AND topic = $1 ORDER BY id LIMIT $2", pubsub, deadLetterTopic, Batch))
        {
            while (rows.Read())
                messages.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2)));
        }

        foreach (var (id, payload, metadata) in messages)
        {
            session.Execute(
                "INSERT INTO messages(pubsub, topic, payload, metadata, published_ms, expires_ms) VALUES($0, $1, $2, $3, $4, NULL)",
                pubsub, Origin(payload, deadLetterTopic), payload, metadata, time.GetUtcNow().ToUnixTimeMilliseconds());
            session.Execute("DELETE FROM messages WHERE id = $0", id);
        }

        return messages.Count;
    }

    /// <summary>The envelope still names the topic it was published to; a raw payload has only the name of the dead-letter topic to go by.</summary>
    private static string Origin(byte[] payload, string deadLetterTopic)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("topic", out var topic)
                && topic.ValueKind == JsonValueKind.String && topic.GetString() is { Length: > 0 } name && name != deadLetterTopic)
                return name;
        }
        catch (JsonException)
        {
            // A raw payload.
        }

        return deadLetterTopic.EndsWith("-dead", StringComparison.Ordinal) ? deadLetterTopic[..^"-dead".Length] : deadLetterTopic;
    }
}
