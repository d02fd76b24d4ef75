using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local.Sidecar.PubSub;
using Splitrail.Local.Sidecar.Resources;
using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Local.Sidecar;

/// <summary>What daprd's behaviour demands of the files in dapr-components; docs/dapr.md says why.</summary>
public sealed class ComponentFilesTests
{
    private static readonly string[] s_called = [AppIds.Feature, AppIds.Candidate, AppIds.Ranking, AppIds.Experiment];

    [Theory]
    [InlineData("local")]
    [InlineData("cluster")]
    public void Every_call_to_an_app_or_a_component_has_a_timeout_in_either_direction(string folder)
    {
        var policies = Load(folder).Resiliency.ShouldHaveSingleItem();
        foreach (var appId in s_called)
            policies.Apps[appId].Timeout.ShouldNotBeNull(appId);
        foreach (var component in Load(folder).Components)
            policies.Outbound[component.Name].Timeout.ShouldNotBeNull(component.Name);
        policies.Inbound[Topics.PubSub].Timeout.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("local")]
    [InlineData("cluster")]
    public void Every_retry_says_which_statuses_it_repeats_and_how_often(string folder)
    {
        foreach (var (name, retry) in Load(folder).Resiliency[0].Retries)
        {
            retry.Matching.ShouldNotBeNull(name);
            retry.Matching.Contains(400).ShouldBeFalse(name);
            retry.Matching.Contains(404).ShouldBeFalse(name);
            retry.MaxRetries.ShouldBeInRange(0, 10, name);
        }
    }

    [Theory]
    [InlineData("local")]
    [InlineData("cluster")]
    public void Breakers_stand_before_fixed_paths_only(string folder)
    {
        var policies = Load(folder).Resiliency[0];
        policies.Apps[AppIds.Experiment].Breaker.ShouldBeNull("ids stand in its paths, and people's mistakes are 4xx");
        foreach (var appId in s_called.Except([AppIds.Experiment]))
            policies.Apps[appId].Breaker.ShouldNotBeNull(appId);
        foreach (var names in policies.Inbound.Values.Concat(policies.Outbound.Values))
            names.Breaker.ShouldBeNull("one breaker would stand before all keys and topics of a component");
    }

    [Fact]
    public void Both_folders_carry_the_same_names_subscriptions_and_policies()
    {
        var (local, cluster) = (Load("local"), Load("cluster"));
        cluster.Components.Select(static one => one.Name).ShouldBe(local.Components.Select(static one => one.Name), ignoreOrder: true);
        cluster.Subscriptions.Concat(cluster.SubscriptionsOfOthers).Select(Describe).ShouldBe(local.Subscriptions.Concat(local.SubscriptionsOfOthers).Select(Describe), ignoreOrder: true);
        cluster.Resiliency[0].Apps.ShouldBe(local.Resiliency[0].Apps, ignoreOrder: true);
        cluster.Resiliency[0].Inbound.ShouldBe(local.Resiliency[0].Inbound, ignoreOrder: true);
        cluster.Resiliency[0].Outbound.ShouldBe(local.Resiliency[0].Outbound, ignoreOrder: true);
    }

    [Fact]
    public void A_component_is_for_who_uses_it_alone_so_that_a_lost_Redis_keeps_no_other_sidecar_from_starting()
    {
        foreach (var appId in AppIds.All)
        {
            string[] used = appId switch
            {
                AppIds.Gateway => [Topics.PubSub, Topics.ListsPubSub, Components.StateStore],
                AppIds.Experiment => [Topics.PubSub, Topics.ListsPubSub],
                AppIds.Feature => [Topics.PubSub],
                _ => [],
            };
            foreach (var folder in new[] { "local", "cluster" })
                Load(folder, appId).Components.Select(static one => one.Name).ShouldBe(used, ignoreOrder: true, $"{appId} in {folder}");
        }
    }

    [Theory]
    [InlineData(Topics.PubSub)]
    [InlineData(Topics.ListsPubSub)]
    public void A_broker_of_the_cluster_gives_a_message_to_nobody_else_before_its_handler_is_through(string name)
    {
        var folder = Load("cluster");
        var broker = new PubSubComponent(folder.Components.Single(one => one.Name == name && one.Type == "pubsub.redis"));
        var policies = folder.Resiliency[0];
        var inbound = policies.Inbound[name];
        var retry = policies.Retries[inbound.Retry!];
        var longest = ((retry.MaxRetries + 1) * policies.Timeouts[inbound.Timeout!]) + (retry.MaxRetries * retry.MaxInterval);
        longest.ShouldBeLessThan(broker.ProcessingTimeout);
        broker.RedeliverInterval.ShouldNotBe(TimeSpan.FromSeconds(15), "anything but whole milliseconds silently means 15 s");
        foreach (var subscription in folder.Subscriptions.Concat(folder.SubscriptionsOfOthers).Where(one => one.PubsubName == name))
            subscription.Bulk!.MaxMessages.ShouldBeLessThanOrEqualTo(broker.Concurrency, "each message of a batch waits in a slot of its own");
    }

    [Theory]
    [InlineData("local")]
    [InlineData("cluster")]
    public void Every_subscription_is_for_one_app_and_has_dead_letters(string folder)
    {
        var subscriptions = Load(folder).SubscriptionsOfOthers;
        subscriptions.ShouldAllBe(static subscription => subscription.Scopes.Count == 1);
        // One each: two apps that read one topic fail at different events.
        subscriptions.Select(static subscription => subscription.DeadLetterTopic).ShouldBe(["interactions-dead", "exposures-dead", "outcomes-dead", "impressions-dead"], ignoreOrder: true);
    }

    [Fact]
    public void The_stores_of_the_cluster_share_keys_and_the_streams_are_bounded()
    {
        var components = Load("cluster").Components;
        components.Single(static one => one.Name == Components.StateStore)["keyPrefix"].ShouldBe("name");
        components.Single(static one => one.Name == Topics.PubSub)["maxLenApprox"].ShouldNotBeNull();
        // Of 110 kB each.
        int.Parse(components.Single(static one => one.Name == Topics.ListsPubSub)["maxLenApprox"]!).ShouldBeLessThan(10_000);
    }

    private static ResourceFolder Load(string folder, string appId = AppIds.Gateway) => ResourceFolder.Load(Path.Combine(RepositoryRoot.Path, "dapr-components", folder), appId);

    private static string Describe(SubscriptionSpec one) =>
        $"{one.PubsubName}/{one.Topic} to {one.DefaultRoute}, {one.DeadLetterTopic}, {one.Bulk}, {string.Join(',', one.Scopes)}";
}
