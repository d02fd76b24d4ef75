using System.Net;
using Shouldly;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>The gateway's answer for a service that nothing can stand in for.</summary>
internal static class Unavailable
{
    public static void ShouldBe(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }
}
