using System.Collections.Frozen;
using Shouldly;
using Splitrail.Local.Sidecar.Resources;
using Splitrail.Local.Sidecar.State;
using Splitrail.Local.Sidecar.Storage;
using Xunit;

namespace Splitrail.Tests.Unit.Local.Sidecar;

public sealed class StateStoreTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splitrail-state-");
    private SqliteLog _log = null!;

    public Task InitializeAsync()
    {
        _log = new SqliteLog(Path.Combine(_folder.FullName, "state.db"), StateStore.Schema);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _log.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_expired_value_is_invisible_at_once_and_swept_later()
    {
        var store = Store("state.in-memory");
        await store.SaveAsync([Write("short", "2"), Write("long", null)]);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        store.Get("short").ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        store.Get("short").ShouldBeNull();
        (await store.SweepAsync()).ShouldBe(1);
        store.Get("long").ShouldNotBeNull();
    }

    /// <summary>Recorded as ttlkeep.*: on Redis a save without a TTL keeps the old one.</summary>
    [Theory]
    [InlineData("state.in-memory", true)]
    [InlineData("state.redis", false)]
    public async Task A_save_without_a_TTL_clears_the_old_one_or_keeps_it(string type, bool lives)
    {
        var store = Store(type);
        await store.SaveAsync([Write("k", "3")]);
        await store.SaveAsync([Write("k", null)]);
        await store.SaveAsync([Write("p", "3")]);
        await store.SaveAsync([Write("p", "-1")]);
        _time.Advance(TimeSpan.FromSeconds(3));
        (store.Get("k") is not null).ShouldBe(lives);
        store.Get("p").ShouldNotBeNull("-1 clears it everywhere");
    }

    [Theory]
    [InlineData(null, "app1||k")]
    [InlineData("appid", "app1||k")]
    [InlineData("name", "st||k")]
    [InlineData("none", "k")]
    [InlineData("shop", "shop||k")]
    public void The_prefix_of_a_key_is_the_components_choice(string? prefix, string key) => Store("state.in-memory", prefix).FullKey("k").ShouldBe(key);

    private StateStore Store(string type, string? prefix = null)
    {
        var metadata = prefix is null ? [] : new Dictionary<string, string> { ["keyPrefix"] = prefix };
        return new StateStore(new ComponentSpec("st", type, "v1", metadata.ToFrozenDictionary(), "test"), "app1", _log, _time);
    }

    private static StateWrite Write(string key, string? ttl) => new(key, "1"u8.ToArray(), null, false, false, ttl);
}
