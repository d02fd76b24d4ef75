using System.Diagnostics;
using Dapper;
using Splitrail.Hosting;

namespace Splitrail.Sql;

/// <summary>Asks the database for nothing.</summary>
internal sealed class DatabaseCheck(Database database) : IDependencyCheck
{
    public string Name => "database";

    public async ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await database.ReadAsync((connection, token) => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT 1", cancellationToken: token)), cancellationToken);
            return DependencyStatus.Healthy($"{database.System} answers in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
        }
        catch (DatabaseAwayException away)
        {
            return DependencyStatus.Degraded($"{database.System}: {away.Message}");
        }
    }
}
