using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>The editing API as its callers use it.</summary>
internal static class ControlApi
{
    /// <param name="service">experiment-svc.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path.</param>
    /// <param name="body">JSON; null sends none.</param>
    /// <param name="version">Goes into If-Match.</param>
    /// <param name="actor">Goes into X-Actor.</param>
    public static async Task<ControlAnswer> CallAsync(
        this RunningService service, string method, string path, string? body = null, long? version = null, string? actor = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (actor is not null)
            request.Headers.TryAddWithoutValidation("X-Actor", actor);
        using var answer = await service.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new ControlAnswer(answer.StatusCode, answer.Headers.ETag?.Tag, answer.Content.Headers.ContentType?.MediaType, text);
    }

    /// <summary>Creates an experiment; returns its version.</summary>
    public static async Task<long> CreateAsync(this RunningService service, JsonObject experiment) =>
        (await service.CallAsync("POST", "/v1/experiments", experiment.ToJsonString())).Should(HttpStatusCode.Created).Version;

    /// <summary>Creates an experiment and starts it; returns its version.</summary>
    public static async Task<long> StartedAsync(this RunningService service, JsonObject experiment)
    {
        await service.CreateAsync(experiment);
        return await service.ActAsync((string)experiment["id"]!, "start");
    }

    /// <summary>Returns the version after the action.</summary>
    public static async Task<long> ActAsync(this RunningService service, string id, string action, string? body = null) =>
        (await service.CallAsync("POST", $"/v1/experiments/{id}/{action}", body)).Should(HttpStatusCode.OK).Version;

    public static async Task<long> LayerAsync(this RunningService service, string id, double holdout = 0) =>
        (await service.CallAsync("POST", "/v1/layers", new JsonObject { ["id"] = id, ["seed"] = $"{id}-1", ["holdout"] = holdout }.ToJsonString())).Should(HttpStatusCode.Created).Version;

    /// <summary>Two arms; neither sets a parameter, so that layers do not meet.</summary>
    public static JsonObject Experiment(string id, string layer = "ranking", double control = 0.5, double treatment = 0.5, double traffic = 1) => new()
    {
        ["id"] = id,
        ["layer"] = layer,
        ["hypothesis"] = "It sells more.",
        ["owner"] = "anna",
        ["traffic"] = traffic,
        ["arms"] = new JsonArray(
            new JsonObject { ["id"] = "a", ["control"] = true, ["share"] = control },
            new JsonObject { ["id"] = "b", ["share"] = treatment }),
    };
}

/// <summary>An answer of the editing API.</summary>
internal sealed record ControlAnswer(HttpStatusCode Status, string? Tag, string? MediaType, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>By the ETag.</summary>
    public long Version => long.Parse(Tag.ShouldNotBeNull().Trim('"'));

    public ControlAnswer Should(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem document with this status whose detail says this.</summary>
    public ControlAnswer ShouldRefuse(HttpStatusCode status, params string[] said)
    {
        Status.ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json");
        foreach (var words in said)
            ((string)Json["detail"]!).ShouldContain(words);
        return this;
    }
}
