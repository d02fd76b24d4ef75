using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>What an app's answer does to a message: the recorded cases <c>sub.mp.*</c>, <c>sub.rpfast.*</c> and <c>sub.behaviours.summary</c>.</summary>
public sealed class DeliveryTests(DeliveryRig rig) : IClassFixture<DeliveryRig>
{
    public static TheoryData<string, string> Cases(string topics)
    {
        TheoryData<string, string> data = [];
        foreach (var topic in topics.Split(' '))
        {
            data.Add("mp", topic);
            data.Add("rpfast", topic);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases), "success s204 s201 text other")]
    public void An_answer_of_2xx_acknowledges(string pubsub, string topic) => rig.App.To($"/{pubsub}/{topic}").Count.ShouldBe(1);

    [Theory]
    [MemberData(nameof(Cases), "drop s404")]
    public void DROP_and_404_end_a_message(string pubsub, string topic) => rig.App.To($"/{pubsub}/{topic}").Count.ShouldBe(1);

    [Theory]
    [MemberData(nameof(Cases), "retry s500 s400 s403 weird lower s302")]
    public void Every_other_answer_brings_the_message_again(string pubsub, string topic) => rig.App.To($"/{pubsub}/{topic}").Count.ShouldBeGreaterThan(1);

    [Theory]
    [MemberData(nameof(Cases), "dl dldrop")]
    public void Without_a_policy_the_first_failure_goes_to_the_dead_letters(string pubsub, string topic)
    {
        rig.App.To($"/{pubsub}/{topic}").Count.ShouldBe(1);
        var dead = rig.App.To($"/{pubsub}/dead").Single(call => call.Body.Contains($"\"k\":\"{topic}\"", StringComparison.Ordinal));
        dead.Body.ShouldBe(rig.App.To($"/{pubsub}/{topic}")[0].Body, "the dead message is the identical envelope");
    }

    [Theory]
    [MemberData(nameof(Cases), "dl404")]
    public void A_404_loses_the_message_in_spite_of_a_dead_letter_topic(string pubsub, string topic)
    {
        rig.App.To($"/{pubsub}/{topic}").Count.ShouldBe(1);
        rig.App.To($"/{pubsub}/dead").ShouldAllBe(call => !call.Body.Contains(topic, StringComparison.Ordinal));
    }
}
