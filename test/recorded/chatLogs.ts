// The logs of drawings that chat gateways write into their answers, up to where the images would follow.
export const CHINESE_LOG = `\`\`\`json
{
  "prompt": "一只坐在雪地里的红狐狸",
  "ratio": "3:2",
  "n": 1
}
\`\`\`

> ID: \`task_01jqwxzv5jfyxr5p3z1g3h8j6k\`
>[数据预览](https://pages.test/web/task_01jqwxzv5jfyxr5p3z1g3h8j6k) | [原始数据](https://pages.test/source/task_01jqwxzv5jfyxr5p3z1g3h8j6k)
>🕐 排队中.
>⚡ 生成中.....
>🏃 进度 [23](https://files.test/vg-assets/part_0.png?se=2026-04-02T10%3A00%3A00Z&sp=r)..57..[100](https://files.test/vg-assets/src_0.png?se=2026-04-02T10%3A00%3A00Z&sp=r)
> ✅ 生成完成`;

export const KOREAN_LOG = `> ID: \`task_01jqx\`
>[미리보기](https://pages.test/preview/task_01jqx.png) | [미리 보기 2](https://pages.test/web/a.png)
>🕐 대기 중.
>🏃 진행률 12..48..[ 100% ](https://files.test/vg-assets/src_1.png)
> ✅ 생성 완료`;
