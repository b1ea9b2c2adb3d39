using Calf.Operations;

namespace Calf.Tests.Operations;

public sealed class FilePagesTests
{
    [Fact]
    public void Only_unchanged_pages_of_files_that_cannot_be_written_to_are_let_go()
    {
        string[] smaps =
        [
            "1000-3000 r-xp 00000000 08:01 77                         /usr/bin/calf", "Rss:      8 kB", "Anonymous:             0 kB", "VmFlags: rd ex mr",
            "3000-4000 r--p 00002000 08:01 77                         /usr/bin/calf", "Rss:      4 kB", "Anonymous:             4 kB",
            "4000-5000 rw-p 00003000 08:01 77                         /usr/bin/calf", "Anonymous:             0 kB",
            "5000-6000 r--p 00000000 00:00 0 ", "Anonymous:             0 kB",
            "6000-7000 r-xp 00000000 00:00 0                          [vdso]", "Anonymous:             0 kB",
            "7f0000001000-7f0000002000 r--s 00000000 08:01 9          /a folder/with - dashes", "Anonymous:             0 kB",
        ];
        Assert.Equal([(0x1000, 0x2000u), (unchecked((nint)0x7f0000001000), 0x1000u)], FilePages.Find(smaps));
    }

    [Fact]
    public void The_program_goes_on_without_its_pages()
    {
        var ranges = FilePages.Find();
        if (OperatingSystem.IsLinux()) Assert.NotEmpty(ranges);
        FilePages.LetGo(ranges);
        // Threads of other tests map files meanwhile, so that the ranges need not be the same.
        if (OperatingSystem.IsLinux()) Assert.NotEmpty(FilePages.Find());
    }
}
