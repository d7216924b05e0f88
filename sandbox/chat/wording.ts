// What a gateway writes around its images, in the language of the prompt.
export interface Wording {
	here: string;
	preview: string;
	source: string;
	queued: string;
	drawing: string;
	progress: string;
	done: string;
	download: string;
	reference: string;
	refusal: string;
	textOnly: string;
}

const english: Wording = {
	here: 'Here is your image.',
	preview: 'Preview',
	source: 'Raw data',
	queued: 'Queued',
	drawing: 'Drawing',
	progress: 'Progress',
	done: 'Done',
	download: 'download',
	reference: 'Reference image',
	refusal:
		"I can't draw this: the request goes against the content policy. Please describe something else.",
	textOnly: 'I would draw a picture of this, but only text was asked for.',
};

const chinese: Wording = {
	here: '图片已生成。',
	preview: '数据预览',
	source: '原始数据',
	queued: '排队中',
	drawing: '生成中',
	progress: '进度',
	done: '生成完成',
	download: '点击下载',
	reference: '参考图',
	refusal: '抱歉，这个请求违反了内容政策，无法生成图片。请换一个描述。',
	textOnly: '我可以画这张图，但请求只要求文字。',
};

const korean: Wording = {
	here: '이미지가 완성되었습니다.',
	preview: '미리보기',
	source: '원본 데이터',
	queued: '대기 중',
	drawing: '생성 중',
	progress: '진행률',
	done: '생성 완료',
	download: '다운로드',
	reference: '참조 이미지',
	refusal: '죄송합니다. 콘텐츠 정책에 어긋나는 요청이라 그릴 수 없습니다. 다른 설명을 적어 주세요.',
	textOnly: '그림을 그릴 수 있지만 텍스트만 요청되었습니다.',
};

export function wordingFor(prompt: string): Wording {
	if (/\p{Script=Hangul}/u.test(prompt)) return korean;
	return /\p{Script=Han}/u.test(prompt) ? chinese : english;
}
