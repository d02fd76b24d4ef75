using System.Net;
using System.Text;
using Shouldly;
using Splitrail.Dapr;
using Xunit;

namespace Splitrail.Tests.Unit.Dapr;

/// <summary>Texts are from recordings of daprd.</summary>
public sealed class SidecarFaultsTests
{
    [Theory]
    [InlineData("context deadline exceeded", DaprFaultKind.Timeout)]
    [InlineData("rpc error: code = Internal desc = error invoking app channel: Get \\\"http://127.0.0.1:6302/slow\\\": context deadline exceeded", DaprFaultKind.Timeout)]
    [InlineData("rpc error: code = DeadlineExceeded desc = stream terminated by RST_STREAM with error code: CANCEL", DaprFaultKind.Timeout)]
    [InlineData("circuit breaker is open", DaprFaultKind.CircuitOpen)]
    [InlineData("too many requests", DaprFaultKind.CircuitOpen)]
    [InlineData("couldn't find service: x", DaprFaultKind.UnknownApp)]
    [InlineData("no host found with the given ID", DaprFaultKind.UnknownApp)]
    [InlineData("failed to resolve address for '': lookup : no such host", DaprFaultKind.UnknownApp)]
    [InlineData("rpc error: code = Internal desc = error invoking app channel: Get \\\"http://127.0.0.1:6212/hello\\\": dial tcp 127.0.0.1:6212: connect: connection refused", DaprFaultKind.AppDown)]
    [InlineData("failed to invoke target x after 3 retries. Error: rpc error: code = Unavailable desc = connection error", DaprFaultKind.AppDown)]
    [InlineData("rpc error: code = Internal desc = app is not in a healthy state", DaprFaultKind.AppDown)]
    [InlineData("stream too large", DaprFaultKind.Refused)]
    public void A_fault_of_the_sidecar_is_told_by_its_text(string text, DaprFaultKind kind)
    {
        var fault = Read(HttpStatusCode.InternalServerError, $$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: x, err: {{text}}"}""");
        fault.Kind.ShouldBe(kind);
        fault.ErrorCode.ShouldBe("ERR_DIRECT_INVOKE");
        fault.Text.ShouldContain("failed to invoke");
    }

    [Theory]
    [InlineData("""{"errorCode":42}""")]
    [InlineData("""{"errorCode":"MY_OWN","message":"x"}""")]
    [InlineData("""{"title":"t"}""")]
    [InlineData("boom")]
    [InlineData("{broken")]
    [InlineData("")]
    public void Whatever_else_a_500_says_is_the_apps_own(string body) => Read(HttpStatusCode.InternalServerError, body).ShouldBe(new DaprFault(DaprFaultKind.AppError, HttpStatusCode.InternalServerError, null, body));

    [Theory]
    [InlineData(500, "ERR_STATE_TRANSACTION", "error while executing state transaction: ERR user_script:14: failed to set key app1||k script: d908b9553add63a82e03589b5c6d01a7654ef0f2, on @user_script:14.", DaprFaultKind.Conflict)]
    [InlineData(409, "ERR_STATE_SAVE", "failed saving state in state store mem: possible etag mismatch. error from state store: item already exists and no etag was passed", DaprFaultKind.Conflict)]
    [InlineData(409, "ERR_STATE_DELETE", "failed deleting state with key k: possible etag mismatch. error from state store: read: connection reset by peer", DaprFaultKind.ComponentError)]
    [InlineData(500, "ERR_STATE_TRANSACTION", "error while executing state transaction: possible etag mismatch. error from state store: state etag not match", DaprFaultKind.Conflict)]
    [InlineData(500, "ERR_STATE_GET", "fail to get k from state store st: EOF", DaprFaultKind.ComponentError)]
    [InlineData(500, "ERR_STATE_GET", "fail to get a from state store s: context deadline exceeded", DaprFaultKind.Timeout)]
    [InlineData(400, "ERR_STATE_STORE_NOT_FOUND", "state store x is not found", DaprFaultKind.Refused)]
    [InlineData(500, "ERR_STATE_STORE_NOT_CONFIGURED", "state store x is not configured", DaprFaultKind.Refused)]
    [InlineData(403, "ERR_PUBSUB_FORBIDDEN", "topic b is not allowed for app id x", DaprFaultKind.Refused)]
    public void Faults_of_components_are_told_apart(int status, string code, string message, DaprFaultKind kind) =>
        Read((HttpStatusCode)status, $$"""{"errorCode":"{{code}}","message":"{{message}}"}""").Kind.ShouldBe(kind);

    [Fact]
    public void A_wrong_token_is_a_refusal() => Read(HttpStatusCode.Unauthorized, "invalid api token\n").Kind.ShouldBe(DaprFaultKind.Refused);

    private static DaprFault Read(HttpStatusCode status, string body) => SidecarFaults.Read(status, Encoding.UTF8.GetBytes(body));
}
