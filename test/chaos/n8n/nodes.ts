// The nodes under test and their credentials.
import type { ICredentialType, INodeType } from 'n8n-workflow';

import { CoreTodayApi } from '../../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../../credentials/EvoLinkApi.credentials';
import { FalApi } from '../../../credentials/FalApi.credentials';
import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import { OpenAiImagesApi } from '../../../credentials/OpenAiImagesApi.credentials';
import { CoreToday } from '../../../nodes/CoreToday/CoreToday.node';
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { Fal } from '../../../nodes/Fal/Fal.node';
import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';
import type { NodeName } from './types';

export const nodes: Record<NodeName, INodeType> = {
	evoLink: new EvoLink(),
	coreToday: new CoreToday(),
	fal: new Fal(),
	openAiImages: new OpenAiImages(),
	imageChat: new ImageChat(),
};

const CREDENTIAL: Record<NodeName, string> = {
	evoLink: 'evoLinkApi',
	coreToday: 'coreTodayApi',
	fal: 'falApi',
	openAiImages: 'openAiImagesApi',
	imageChat: 'imageChatApi',
};

export const credentialTypes: ICredentialType[] = [
	new EvoLinkApi(),
	new CoreTodayApi(),
	new FalApi(),
	new OpenAiImagesApi(),
	new ImageChatApi(),
];

export const credentialTypeOf = (node: NodeName): string => CREDENTIAL[node];
