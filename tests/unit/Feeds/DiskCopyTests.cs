using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Feeds;

public sealed class DiskCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DiskCopy<ControlSnapshot> _disk;
    private readonly List<string> _refused = [];

    public DiskCopyTests() => _disk = new(_folder.Path, "control", 3, ContractsJson.Default.ControlSnapshot);

    [Fact]
    public void The_newest_is_read()
    {
        Write(1, 2, 3, 4, 5);

        Read().ShouldBe(5);
        _refused.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["control.json", "control.1.json", "control.2.json"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":5,\"lay")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void A_file_that_is_no_snapshot_is_refused_by_name_and_the_one_before_is_used(string content)
    {
        Write(4, 5);
        _folder.Write("control.json", content);

        Read().ShouldBe(4);
        _refused.ShouldHaveSingleItem().ShouldStartWith(_folder["control.json"]);
    }

    [Fact]
    public void A_changed_byte_is_found_and_the_one_before_is_used()
    {
        Write(3, 4, 5);
        foreach (var name in new[] { "control.json", "control.1.json" })
            _folder.Write(name, File.ReadAllText(_folder[name]).Replace("\"end\":200000", "\"end\":200001", StringComparison.Ordinal).Replace("\"start\":200000", "\"start\":200001", StringComparison.Ordinal));

        Read().ShouldBe(3);
        _refused.Count.ShouldBe(2);
        _refused.ShouldAllBe(static said => said.Contains("content hash"));
    }

    [Fact]
    public void A_kill_between_two_renames_leaves_the_one_before()
    {
        Write(4, 5);
        File.Delete(_folder["control.json"]);

        Read().ShouldBe(4);
    }

    [Fact]
    public void With_no_good_file_there_is_none()
    {
        Read().ShouldBeNull();
        Write(1);
        _folder.Write("control.json", "{");
        Read().ShouldBeNull();
    }

    public void Dispose() => _folder.Dispose();

    private void Write(params int[] versions)
    {
        foreach (var version in versions)
        {
            var snapshot = Snapshots.Of(Snapshots.RaggedLayer()) with { Version = version };
            _disk.Write(snapshot with { ContentHash = SnapshotHash.Of(snapshot) });
        }
    }

    private long? Read() => _disk.Read(SnapshotShape.FaultOf, (path, fault) => _refused.Add($"{path}: {fault}"))?.Version;
}
