using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Splitrail.Input;
using Xunit;

namespace Splitrail.Tests.Unit.Input;

public sealed class JsonDiagnosisTests
{
    [Theory]
    [InlineData("""{"share":NaN}""", "body", "line 1, byte 10")]
    [InlineData("""{"share":"NaN"}""", "share", "must be a number")]
    [InlineData("""{"slots":1.5}""", "slots", "must be a whole number")]
    [InlineData("""{"start":"tomorrow"}""", "start", "must be a time")]
    [InlineData("""{"flags":{"a":1}}""", "flags.a", "must be true or false")]
    [InlineData("""{"flags":{"a":true,"a":false}}""", "flags.a", "is given more than once")]
    [InlineData("""{"flags":[]}""", "flags", "must be an object")]
    public void Numbers_times_and_maps_are_told_apart(string body, string member, string rule)
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = ProbeJson.Default };
        StrictJson.Tighten(options);
        StrictJson.Parse(Encoding.UTF8.GetBytes(body), (JsonTypeInfo<Probe>)options.GetTypeInfo(typeof(Probe)), out var fault).ShouldBeNull();

        (fault.ShouldNotBeNull().Member, fault.Rule.Contains(rule, StringComparison.Ordinal)).ShouldBe((member, true), fault.Rule);
    }
}

internal sealed record Probe(double Share, long Slots, DateTimeOffset? Start, IReadOnlyDictionary<string, bool>? Flags);

[JsonSerializable(typeof(Probe))]
internal sealed partial class ProbeJson : JsonSerializerContext;
