using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.Sql;
using Xunit;

namespace Splitrail.Tests.Unit.Sql;

public sealed class SqlOptionsTests
{
    [Theory]
    [InlineData("ConnectionString", "Host=db;Database=shop", true)]
    [InlineData("ConnectionString", "host=db", true)]
    [InlineData("ConnectionString", "postgres://u:p@db/shop", true)]
    [InlineData("Database", "some/shop.db", false)]
    public void The_setting_chooses_the_engine(string key, string value, bool postgres)
    {
        var options = Read([], (key, value));
        options.IsPostgres.ShouldBe(postgres);
        options.ConnectionString.ShouldBe(value);
    }

    [Fact]
    public void Without_a_setting_there_is_a_file() => Read([]).ConnectionString.ShouldBe("default.db");

    [Fact]
    public void Every_fault_is_told_with_its_value()
    {
        List<string> faults = [];
        Read(faults, ("ConnectionString", "mysql://x"), ("Database", "a.db"), ("ReadTimeout", "soon"), ("WriteTimeout", "1.00:00:00"));
        faults.Count.ShouldBe(4);
        string.Join('\n', faults).ShouldSatisfyAllConditions(
            text => text.ShouldContain("mysql://x"), text => text.ShouldContain("a.db"), text => text.ShouldContain("soon"), text => text.ShouldContain("1.00:00:00"));
    }

    [Fact]
    public void The_password_is_in_no_log_line() =>
        new SqlOptions("Host=db;Password=secret", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).ToString().ShouldNotContain("secret");

    [Fact]
    public void An_address_is_read_with_all_its_parts()
    {
        var address = PostgresAddress.Parse("postgres://anna:p%40ss@db.example:6543/shop?sslmode=require");
        (address.Host, address.Port, address.Database, address.Username, address.Password, address.SslMode.ToString())
            .ShouldBe(("db.example", 6543, "shop", "anna", "p@ss", "Require"));
    }

    private static SqlOptions Read(List<string> faults, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create($"Svc:{pair.Key}", (string?)pair.Value))).Build();
        return SqlOptions.From(configuration.GetSection("Svc"), "default.db", faults);
    }
}
