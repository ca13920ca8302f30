//! What people publish, and how ffmpeg writes it.

/// A way to write a recording.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) name: &'static str,
    pub(crate) options: &'static [&'static str],
    /// Hz of what is encoded.
    pub(crate) rate: u32,
    /// Hz of what is decoded.
    pub(crate) heard_rate: u32,
    /// Constant lateness in ms of files that do not say what their encoder put in front.
    pub(crate) late: f64,
    pub(crate) codec: &'static str,
}

const fn form(name: &'static str, options: &'static [&'static str], codec: &'static str) -> Form {
    Form { name, options, rate: 44_100, heard_rate: 44_100, late: 0.0, codec }
}

/// At another rate.
const fn at(rate: u32, form: Form) -> Form {
    Form { rate, heard_rate: rate, ..form }
}

const fn late(late: f64, form: Form) -> Form {
    Form { late, ..form }
}

const LAME: &[&str] = &["-c:a", "libmp3lame", "-b:a", "64k"];
const AAC: &[&str] = &["-c:a", "aac", "-b:a", "96k"];
const VORBIS: &[&str] = &["-c:a", "libvorbis", "-q:a", "4"];
const OPUS: &[&str] = &["-c:a", "libopus", "-b:a", "48k"];
const FLAC: &[&str] = &["-c:a", "flac"];

/// MP3, and AAC with every kind of table.
pub(crate) const MPEG: &[Form] = &[
    form("cbr.mp3", LAME, "MP3"),
    form("vbr.mp3", &["-c:a", "libmp3lame", "-q:a", "5"], "MP3"),
    form("stereo.mp3", &["-c:a", "libmp3lame", "-b:a", "128k", "-ac", "2"], "MP3"),
    late(
        25.06,
        form(
            "bare.mp3",
            &["-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0", "-id3v2_version", "0"],
            "MP3",
        ),
    ),
    at(48_000, form("48.mp3", LAME, "MP3")),
    at(24_000, form("24.mp3", &["-c:a", "libmp3lame", "-b:a", "32k"], "MP3")),
    at(22_050, form("22.mp3", &["-c:a", "libmp3lame", "-q:a", "6"], "MP3")),
    at(16_000, form("16.mp3", &["-c:a", "libmp3lame", "-b:a", "24k"], "MP3")),
    at(12_000, form("12.mp3", &["-c:a", "libmp3lame", "-q:a", "5"], "MP3")),
    at(11_025, form("11.mp3", &["-c:a", "libmp3lame", "-b:a", "16k"], "MP3")),
    at(8_000, form("8.mp3", &["-c:a", "libmp3lame", "-b:a", "16k"], "MP3")),
    late(25.06, form("mp3.wav", LAME, "MP3")),
    form("mp3.mp4", LAME, "MP3"),
    late(25.06, form("mp3.mkv", LAME, "MP3")),
    form("tail.m4a", AAC, "AAC"),
    form("head.m4a", &["-c:a", "aac", "-movflags", "+faststart"], "AAC"),
    form("stereo.m4a", &["-c:a", "aac", "-ac", "2"], "AAC"),
    at(8_000, form("8.m4a", &["-c:a", "aac"], "AAC")),
    at(48_000, form("48.m4a", AAC, "AAC")),
    at(96_000, form("96.m4a", &["-c:a", "aac"], "AAC")),
    late(23.22, form("unedited.m4a", &["-c:a", "aac", "-use_editlist", "0"], "AAC")),
    form(
        "fragments.m4a",
        &[
            "-c:a",
            "aac",
            "-movflags",
            "+frag_keyframe+empty_moov+delay_moov",
            "-frag_duration",
            "500000",
        ],
        "AAC",
    ),
    late(
        23.22,
        form(
            "half.m4a",
            &["-c:a", "aac", "-movflags", "+frag_keyframe", "-frag_duration", "500000"],
            "AAC",
        ),
    ),
    form(
        "dash.mp4",
        &["-c:a", "aac", "-movflags", "+dash+global_sidx+delay_moov", "-frag_duration", "1000000"],
        "AAC",
    ),
    form("aac.mov", AAC, "AAC"),
    late(23.22, form("aac.mka", AAC, "AAC")),
    late(23.22, form("raw.aac", AAC, "AAC")),
    at(96_000, late(10.67, form("96.aac", &["-c:a", "aac"], "AAC"))),
    at(8_000, late(128.0, form("8.aac", &["-c:a", "aac"], "AAC"))),
    late(23.22, form("lying.mp3", &["-c:a", "aac", "-f", "adts"], "AAC")),
];

/// Vorbis, Opus and FLAC in what they come in.
pub(crate) const XIPH: &[Form] = &[
    form("vorbis.ogg", VORBIS, "VORBIS"),
    form("stereo.ogg", &["-c:a", "libvorbis", "-ac", "2"], "VORBIS"),
    at(8_000, form("8.ogg", &["-c:a", "libvorbis"], "VORBIS")),
    at(48_000, form("48.ogg", VORBIS, "VORBIS")),
    at(96_000, form("96.ogg", &["-c:a", "libvorbis"], "VORBIS")),
    late(2.9, form("vorbis.webm", VORBIS, "VORBIS")),
    at(48_000, form("mono.opus", OPUS, "Opus")),
    at(48_000, form("stereo.opus", &["-c:a", "libopus", "-b:a", "96k", "-ac", "2"], "Opus")),
    at(48_000, form("60ms.opus", &["-c:a", "libopus", "-frame_duration", "60"], "Opus")),
    at(48_000, form("short.opus", &["-c:a", "libopus", "-frame_duration", "2.5"], "Opus")),
    at(48_000, late(0.46, form("opus.webm", OPUS, "Opus"))),
    at(48_000, form("opus.mp4", OPUS, "Opus")),
    form("flac.flac", FLAC, "FLAC"),
    at(8_000, form("8.flac", FLAC, "FLAC")),
    at(96_000, form("96.flac", FLAC, "FLAC")),
    form("24bit.flac", &["-c:a", "flac", "-sample_fmt", "s32"], "FLAC"),
    form("flac.oga", FLAC, "FLAC"),
    form("flac.mka", FLAC, "FLAC"),
    form("flac.mp4", &["-c:a", "flac", "-strict", "-2"], "FLAC"),
];

/// Samples as they are, and ALAC.
pub(crate) const PLAIN: &[Form] = &[
    form("u8.wav", &["-c:a", "pcm_u8"], "PCM_U8"),
    form("s16.wav", &[], "PCM_S16LE"),
    form("s24.wav", &["-c:a", "pcm_s24le"], "PCM_S24LE"),
    form("s32.wav", &["-c:a", "pcm_s32le"], "PCM_S32LE"),
    form("f32.wav", &["-c:a", "pcm_f32le"], "PCM_F32LE"),
    form("f64.wav", &["-c:a", "pcm_f64le"], "PCM_F64LE"),
    form("alaw.wav", &["-c:a", "pcm_alaw"], "PCM_ALAW"),
    form("mulaw.wav", &["-c:a", "pcm_mulaw"], "PCM_MULAW"),
    form("long.wav", &["-rf64", "always", "-metadata", "title=x"], "PCM_S16LE"),
    form("broadcast.wav", &["-write_bext", "1", "-metadata", "description=x"], "PCM_S16LE"),
    at(96_000, form("96.wav", &["-c:a", "pcm_s24le"], "PCM_S24LE")),
    form("s8.aiff", &["-c:a", "pcm_s8"], "PCM_S8"),
    form("s16.aiff", &[], "PCM_S16BE"),
    form("s24.aiff", &["-c:a", "pcm_s24be"], "PCM_S24BE"),
    form("f32.aiff", &["-c:a", "pcm_f32be"], "PCM_F32BE"),
    form("little.aiff", &["-c:a", "pcm_s16le"], "PCM_S16LE"),
    form("s16.caf", &["-c:a", "pcm_s16be"], "PCM_S16BE"),
    form("f32.caf", &["-c:a", "pcm_f32le"], "PCM_F32LE"),
    form("alac.caf", &["-c:a", "alac"], "ALAC"),
    form("alac.m4a", &["-c:a", "alac"], "ALAC"),
    form("pcm.mov", &["-c:a", "pcm_s16le"], "PCM_S16LE"),
    form("pcm.mka", &["-c:a", "pcm_s16le"], "PCM_S16LE"),
];
