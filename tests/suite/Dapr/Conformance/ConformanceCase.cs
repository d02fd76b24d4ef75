using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>
/// A recorded exchange with daprd and what it must answer. <c>$k</c> in paths, bodies and expectations is a key of the case's own, <c>$etag</c> the last ETag seen,
/// <c>~uuid</c> and <c>~time</c> in an expectation stand for any such value.
/// </summary>
public sealed partial class ConformanceCase(string name)
{
    private readonly List<Step> _steps = [];

    /// <summary>Names of the recorded cases it comes from.</summary>
    public string Name => name;

    public static ConformanceCase Case(string name) => new(name);

    public ConformanceCase Get(string path, params (string, string)[] headers) => Send("GET", path, null, null, headers);

    public ConformanceCase Post(string path, string body, string? contentType = "application/json", params (string, string)[] headers) => Send("POST", path, body, contentType, headers);

    public ConformanceCase Put(string path, string body) => Send("PUT", path, body);

    public ConformanceCase Delete(string path, params (string, string)[] headers) => Send("DELETE", path, null, null, headers);

    public ConformanceCase Send(string verb, string path, string? body = null, string? contentType = "application/json", params (string, string)[] headers)
    {
        _steps.Add(new Step(verb, path, body, contentType, headers));
        return this;
    }

    /// <summary>What the last call must answer; a null body is not looked at.</summary>
    public ConformanceCase Is(int status, string? body = null, params (string Name, string? Value)[] headers)
    {
        var last = _steps[^1];
        (last.Status, last.Answer, last.AnswerHeaders) = (status, body, headers);
        return this;
    }

    /// <summary>Redis hands the members of an object back in random order.</summary>
    public ConformanceCase InAnyOrder()
    {
        _steps[^1].AnyOrder = true;
        return this;
    }

    /// <summary>What the app behind the sidecar must have got by the last call.</summary>
    public ConformanceCase AppGot(string path, Action<RecordedCall> check)
    {
        (_steps[^1].AppPath, _steps[^1].AppCheck) = (path, check);
        return this;
    }

    public async Task RunAsync(ConformanceRig rig)
    {
        var key = name.Replace('.', '-');
        var etag = "";
        foreach (var step in _steps)
        {
            var fill = (string text) => text.Replace("$k", key, StringComparison.Ordinal).Replace("$etag", etag, StringComparison.Ordinal);
            var before = step.AppPath is null ? 0 : rig.App.To(fill(step.AppPath)).Count;
            var answer = await rig.Caller.SendAsync(
                step.Verb, fill(step.Path), step.Body is null ? null : fill(step.Body), step.ContentType, [.. step.Headers.Select(header => (header.Name, fill(header.Value)))]);
            step.Check(answer, fill);
            etag = answer["ETag"] ?? etag;
            if (step.AppPath is not null)
                step.AppCheck!((await rig.App.WaitAsync(fill(step.AppPath), before + 1))[before]);
        }
    }

    public override string ToString() => name;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")]
    private static partial Regex Time();

    /// <summary>Values that are new every time are replaced by their kind.</summary>
    public static string Mask(string text) => Time().Replace(Uuid().Replace(text, "~uuid"), "~time");

    private sealed class Step(string verb, string path, string? body, string? contentType, (string Name, string Value)[] headers)
    {
        public string Verb => verb;

        public string Path => path;

        public string? Body => body;

        public string? ContentType => contentType;

        public (string Name, string Value)[] Headers => headers;

        public int? Status { get; set; }

        public string? Answer { get; set; }

        public (string Name, string? Value)[] AnswerHeaders { get; set; } = [];

        public bool AnyOrder { get; set; }

        public string? AppPath { get; set; }

        public Action<RecordedCall>? AppCheck { get; set; }

        public void Check(Answer answer, Func<string, string> fill)
        {
            var call = $"{verb} {fill(path)} answered {answer.Status} {answer.Body}";
            if (Status is { } status)
                answer.Status.ShouldBe(status, call);
            if (AnyOrder)
                JsonNode.DeepEquals(JsonNode.Parse(answer.Body), JsonNode.Parse(fill(Answer!))).ShouldBeTrue(call);
            else if (Answer is { } expected)
                (expected.Contains('~') ? Mask(answer.Body) : answer.Body).ShouldBe(fill(expected), call);
            foreach (var (name, value) in AnswerHeaders)
            {
                var got = answer[name];
                (value is not null && value.Contains('~') && got is not null ? Mask(got) : got).ShouldBe(value is null ? null : fill(value), $"header {name}; {call}");
            }
        }
    }
}
