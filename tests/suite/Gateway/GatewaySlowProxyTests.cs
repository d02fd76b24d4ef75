using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>Apart from the others: a timeout that a test can wait for is one that a busy machine can exceed.</summary>
public sealed class GatewaySlowProxyTests : GatewayTest
{
    protected override string[] Settings => ["--Gateway:ProxyTimeout=00:00:00.300"];

    [Fact]
    public async Task A_service_that_hangs_is_a_503_with_a_problem_document()
    {
        Sidecar.Hang(AppIds.Experiment, "/v1/experiments/x");

        using var answer = await Gateway.Http.GetAsync("/v1/experiments/x");

        Unavailable.ShouldBe(answer);
    }
}
