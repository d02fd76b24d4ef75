using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Splitrail.Sql;

/// <summary>
/// <c>migrate</c> of a service with SQL: brings its schema up and ends, without serving. A chart's hook runs it once before the new replicas start; they would do
/// the same one by one. A database that is away is waited for: whoever runs it says how long.
/// </summary>
public static class MigrateCommand
{
    public const string Name = "migrate";

    /// <summary>Serves, or brings the schema up when <paramref name="args"/> begin with <see cref="Name"/>.</summary>
    /// <param name="build">Makes the service from its settings.</param>
    /// <param name="args">The program's.</param>
    public static async Task RunOrServeAsync(Func<string[], WebApplication> build, string[] args)
    {
        if (args is not [Name, .. var settings])
        {
            await build(args).RunAsync();
            return;
        }

        await using var app = build(settings);
        var upgrade = app.Services.GetRequiredService<SchemaUpgrade>();
        await upgrade.StartAsync(CancellationToken.None);
        await upgrade.Completed;
        await upgrade.StopAsync(CancellationToken.None);
    }
}
