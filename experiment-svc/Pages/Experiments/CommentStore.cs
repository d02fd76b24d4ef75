using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <param name="AtMs">Unix milliseconds.</param>
/// <param name="Author">Who.</param>
/// <param name="Text">Plain text.</param>
public sealed record Comment(long AtMs, string Author, string Text);

/// <summary>What people say of an experiment.</summary>
internal sealed class CommentStore(Database database, TimeProvider time)
{
    public const int Longest = 4000;

    private const int Shown = 200;

    /// <summary>The newest first.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<Comment>> OfAsync(string experiment, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Comment>>(
        async (connection, token) =>
        [
            .. await connection.QueryAsync<Comment>(new CommandDefinition(
                "SELECT at_ms AS AtMs, author AS Author, text AS Text FROM experiment_comments WHERE experiment = @experiment ORDER BY at_ms DESC LIMIT @Shown",
                new { experiment, Shown }, cancellationToken: token)),
        ],
        cancellationToken);

    /// <summary>The same words of the same person in the same millisecond are one comment.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task AddAsync(string experiment, string author, string text, CancellationToken cancellationToken) => database.WriteAsync(
        (transaction, token) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO experiment_comments (experiment, at_ms, author, text) VALUES (@experiment, @atMs, @author, @text) ON CONFLICT (experiment, at_ms, author) DO NOTHING",
            new { experiment, atMs = time.GetUtcNow().ToUnixTimeMilliseconds(), author, text }, transaction, cancellationToken: token)),
        cancellationToken);
}
