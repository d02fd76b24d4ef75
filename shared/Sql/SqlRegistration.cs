using Microsoft.Extensions.DependencyInjection;
using Splitrail.Hosting;

namespace Splitrail.Sql;

public static class SqlRegistration
{
    /// <summary>Adds <see cref="Database"/> with its schema, health check, metrics and the 503 for a lost database.</summary>
    public static IServiceCollection AddSqlDatabase(this IServiceCollection services, SqlOptions options, Func<TimeProvider, SchemaPlan> schema)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => schema(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SqlMetrics>();
        if (options.IsPostgres)
            services.AddSingleton<Database, PostgresDatabase>();
        else
            services.AddSingleton<Database, SqliteDatabase>();
        services.AddSingleton<SchemaUpgrade>();
        services.AddHostedService(static provider => provider.GetRequiredService<SchemaUpgrade>());
        services.AddSingleton<IDependencyCheck, DatabaseCheck>();
        services.AddExceptionHandler<DatabaseAwayHandler>();
        return services;
    }
}
