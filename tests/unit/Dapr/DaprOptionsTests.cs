using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Splitrail.Dapr;
using Xunit;

namespace Splitrail.Tests.Unit.Dapr;

public sealed class DaprOptionsTests
{
    [Fact]
    public void Without_any_setting_the_sidecar_is_on_port_3500() => Options().HttpEndpoint.ShouldBe("http://127.0.0.1:3500");

    [Fact]
    public void The_variables_of_the_runtime_are_the_fallback_of_the_section()
    {
        Options(("DAPR_HTTP_PORT", "3601")).HttpEndpoint.ShouldBe("http://127.0.0.1:3601");
        Options(("DAPR_HTTP_PORT", "3601"), ("DAPR_HTTP_ENDPOINT", "http://sidecar:1")).HttpEndpoint.ShouldBe("http://sidecar:1");
        Options(("DAPR_HTTP_ENDPOINT", "http://sidecar:1"), ("Dapr:HttpEndpoint", "http://own:2")).HttpEndpoint.ShouldBe("http://own:2");
        Options(("DAPR_API_TOKEN", "t")).ApiToken.ShouldBe("t");
    }

    [Theory]
    [InlineData("Dapr:HttpEndpoint", "localhost:3500")]
    [InlineData("Dapr:HttpEndpoint", "http://127.0.0.1:3500/v1.0")]
    [InlineData("Dapr:ApiToken", "with blank")]
    public void A_bad_value_is_quoted_in_the_fault(string key, string value) =>
        Should.Throw<OptionsValidationException>(() => Options((key, value))).Failures.ShouldHaveSingleItem().ShouldContain(key.StartsWith("Dapr:H", StringComparison.Ordinal) ? value : key);

    private static DaprOptions Options(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        return new ServiceCollection().AddDapr(configuration).BuildServiceProvider().GetRequiredService<IOptions<DaprOptions>>().Value;
    }
}
