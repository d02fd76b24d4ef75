using System.Security.Cryptography;
using System.Text;
using Dapper;
using Splitrail.ExperimentSvc.Access;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>The link that <c>./run</c> prints: good for one sign-in as administrator. That it was used is kept in SQL, or a restart would make it good again.</summary>
internal sealed class OneTimeLink(ConsoleOptions options, Database database, TimeProvider time)
{
    /// <summary>Who has come in by it, in the history.</summary>
    public const string Name = "owner";

    /// <summary>True once, for the right token.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<bool> TryUseAsync(string token, CancellationToken cancellationToken)
    {
        if (options.LinkToken is not { } right || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(right)))
            return false;
        var (hash, atMs) = (Convert.ToHexStringLower(Account.HashOf(token)), time.GetUtcNow().ToUnixTimeMilliseconds());
        return await database.WriteAsync(
            (transaction, write) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "INSERT INTO console_links (token_hash, at_ms) VALUES (@hash, @atMs) ON CONFLICT (token_hash) DO NOTHING", new { hash, atMs }, transaction, cancellationToken: write)),
            cancellationToken) == 1;
    }
}
