using System.Reflection;
using Splitrail.Tests.Suite.Servers;
using Xunit.Sdk;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>The databases that the same tests run on.</summary>
public enum StoreEngine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs the test on a SQLite file.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreEngine.Sqlite]];
}

/// <summary>Runs the test on PostgreSQL, or says that it is left out.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute() => Skip = PostgresPrograms.Skip;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreEngine.Postgres]];
}
